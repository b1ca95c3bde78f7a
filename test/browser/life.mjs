// SPDX-License-Identifier: EUPL-1.2
// The whole life of an offer, as those who live it see it: a phone without script for the
// association and the citizen, mails over SMTP to a real socket, links followed from their text.
// An association asks and enters an offer, the office releases it, a citizen finds it, remembers it
// and is interested, the association answers; months later it is asked whether the offer holds,
// says nothing, the offer goes, and comes back by one click. The clock is moved by
// `tandem job run --now`.
//
//     TANDEM=…/tandem node life.mjs
//
// TANDEM_PLANTED=lost: nobody reads the mails (program.mjs; the walk must notice).
import { check, city, done, launch } from './lib.mjs';
import { begin, go, mailTo, pause, PHONE, post, READING, says, signIn, stop, tandem }
  from './program.mjs';

const ASSOCIATION = 'verein@leseinsel.example';
const CITIZEN = 'neugierig@buergerin.example';
const TITLE = 'Märchen erzählen am Kamin';
const DAY = 86400000;

// ---- people ----

async function first(page, link) {
  const answer = await page.goto(link);
  return { status: answer.status(), text: await says(page) };
}

async function ask(page, base) {
  await page.goto(`${base}/${city}/anbieten`);
  await page.fill('#organisation', 'Leseinsel am Kamin');
  await page.fill('#mail', ASSOCIATION);
  await page.waitForTimeout(READING);
  await go(page, 'main form button[type=submit]');
  const mail = await post(ASSOCIATION, 1);
  check(mail.count === 1 && mail.link?.startsWith(base), 'association: the link comes by mail',
    [page.url(), mail.text]);
  return mail.link;
}

async function enter(page, link) {
  await page.goto(link);
  await page.fill('#title', TITLE);
  await page.fill('#summary', 'Einmal in der Woche Märchen erzählen, wenn es dunkel ist.');
  await page.fill('#tasks_md', 'Sie erzählen Kindern Märchen und hören zu.');
  await page.locator('input[name=fields][value=children_youth]').check();
  await page.locator('#place_kind').selectOption('fixed');
  await page.fill('#postcode', '23552');
  await page.fill('#place', 'Lübeck');
  for (const group of await page.locator('#access input[type=radio][value=yes], '
    + 'input[type=radio][name^=access][value=yes]').all()) await group.check();
  await page.locator('#time').selectOption('up_to_2h');
  await page.locator('#certificate').selectOption('none');
  await page.locator('#expenses').selectOption('none');
  await go(page, '.t-actions--bar button[type=submit]');
  check((await says(page)).includes(TITLE) && await page.locator('button[value=submit]').count(),
    'association: sees the offer before it is sent', [page.url(), await says(page)]);
  await go(page, 'button[value=submit]');
  check((await says(page)).includes('Ihr Angebot'), 'association: the offer has been sent',
    [await says(page)]);
}

async function release(page, base) {
  await signIn(page, base, 'buero');
  await page.goto(`${base}/${city}/buero/angebote?state=submitted`);
  await go(page, `tbody a:text-is("${TITLE}")`);
  const id = page.url().match(/(\d+)$/)?.[1];
  await go(page, 'button[name=step][value=publish]');
  check(await page.locator('.t-state--published').count() > 0, 'office: releases it',
    [page.url(), await says(page)]);
  return id;
}

async function beInterested(page, base) {
  await page.goto(`${base}/${city}/angebote`);
  await page.fill('#q', 'märchen erzählen');
  await Promise.all([page.waitForNavigation(), page.locator('#q').press('Enter')]);
  await go(page, `.t-row__title a:has-text("${TITLE}")`);
  const offer = page.url();
  check(!(await page.content()).includes(ASSOCIATION), 'citizen: no mail address stands there');
  await go(page, 'button[name=add]');
  await page.goto(`${base}/${city}/merkliste`);
  check((await says(page)).includes(TITLE), 'citizen: finds and remembers it', [await says(page)]);
  await page.goto(`${offer}/interesse`);
  await page.fill('#name', 'Neugierige Person');
  await page.fill('#mail', CITIZEN);
  await page.fill('#message', 'Guten Tag, ich erzähle gern.');
  await page.locator('#consent').check();
  await page.waitForTimeout(READING);
  await go(page, 'main form.t-form button[type=submit]');
  const mail = await post(CITIZEN, 1);
  check(Boolean(mail.link), 'citizen: confirms by mail', [page.url(), mail.text]);
  await page.goto(mail.link);
  const before = (await post(ASSOCIATION, 0)).count;
  await go(page, 'button[value=bestaetigen]');
  const passedOn = await post(ASSOCIATION, before + 1);
  check(passedOn.count === before + 1, 'citizen: only then is it passed on', [passedOn.text]);
  return { offer, answer: passedOn.link };
}

async function answer(page, link) {
  await page.goto(link);
  check((await says(page)).includes('ich erzähle gern'), 'association: reads what was written',
    [await says(page)]);
  await page.fill('#answer', 'Kommen Sie am Dienstag vorbei?');
  await go(page, 'button[value=gespraech]');
  const mail = await post(CITIZEN, 2);
  check(mail.text.includes('Kommen Sie am Dienstag vorbei?'), 'citizen: gets the answer',
    [mail.text]);
}

// Days are those of Germany; noon is far from both ends.
const dayAfter = (days) => new Date(Date.now() + days * DAY)
  .toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' });

// What the contact gets on a day; `mails` are waited for, further ones get a moment.
async function onDay(days, mails) {
  const now = `${dayAfter(days)}T12:00`;
  const before = mailTo(ASSOCIATION).count;
  tandem('job', 'run', 'opportunity.fresh', '--now', now);
  tandem('job', 'run', 'opportunity.fresh', '--now', now); // twice does nothing more
  await post(ASSOCIATION, before + mails, now);
  await pause(500);
  const mail = mailTo(ASSOCIATION);
  return { mail, more: mail.count - before };
}

async function growOld(page, offer) {
  for (const [days, mails] of [[74, 0], [75, 1], [82, 1], [88, 1], [89, 0]]) {
    const { more } = await onDay(days, mails);
    const asked = mails ? 'the contact is asked, once' : 'nobody is asked';
    check(more === mails, `day ${days}: ${asked}`, [`${more} mails`]);
    if (mails) {
      const shown = await first(page, mailTo(ASSOCIATION).link);
      check(shown.status === 200 && shown.text.includes('Stimmt es noch'),
        `day ${days}: the link shows, and does nothing`, [shown.text]);
    }
  }
  check((await first(page, offer)).status === 200, 'until day 89 it is there');
  const { mail, more } = await onDay(90, 1);
  check(more === 1, 'day 90: the contact hears of it', [`${more} mails`]);
  check((await first(page, offer)).status === 404, 'day 90: it is gone');
  await page.goto(mail.link);
  await go(page, 'form.t-choice button');
  const back = await first(page, offer);
  check(back.status === 200 && back.text.includes(TITLE), 'one click, and it is back',
    [back.text]);
}

try {
  const base = await begin();
  const browser = await launch();
  const person = async () =>
    (await browser.newContext({ ...PHONE, javaScriptEnabled: false })).newPage();
  const association = await person();
  const citizen = await person();
  const office = await (await browser.newContext(PHONE)).newPage();
  await enter(association, await ask(association, base));
  await release(office, base);
  const told = mailTo(ASSOCIATION).count;
  const released = await post(ASSOCIATION, told + 1);
  check(released.count === told + 1, 'association: hears that it is released', [released.text]);
  const { offer, answer: link } = await beInterested(citizen, base);
  await answer(association, link);
  await growOld(association, offer);
  await browser.close();
} catch (error) {
  check(false, 'the walk comes to its end', [error.message]);
} finally {
  stop();
}
done();
process.exit();

// SPDX-License-Identifier: EUPL-1.2
// A day of a counsellor, at her own screen. Three people want to help: one walks in, one calls, one
// has booked a time. Each is advised, matched at the desk and proposed; one organisation declines,
// one trial begins and is broken off, one is placed with young people after her certificate was
// inspected and writes down hours. Whatever must not happen is tried and is refused, in words.
// In the evening the lists, the worklist and the report show what happened, and nothing else.
//
//     TANDEM=…/tandem node day.mjs
//
// TANDEM_PLANTED=lost: nobody reads the mails (program.mjs; the day must notice).
import { check, city, done, launch } from './lib.mjs';
import { begin, go, mailTo, PHONE, post, READING, says, signIn, stop } from './program.mjs';

const DESK = { viewport: { width: 1280, height: 900 }, locale: 'de-DE' };
const today = new Date().toLocaleDateString('de-DE',
  { timeZone: 'Europe/Berlin', day: '2-digit', month: '2-digit', year: 'numeric' });

const WALKED_IN = { name: 'Probe Hasel', phone: '0000 20001', mail: 'hasel@beispiel.example' };
const CALLED = { name: 'Probe Ginster', phone: '0000 20002' };
const BOOKED = { name: 'Probe Flieder', phone: '0000 20003', mail: 'flieder@beispiel.example' };

const MARKET = { title: 'Beim Einkaufen auf dem Wochenmarkt begleiten',
  mail: 'koordination-begleitdienst@kloenzeit.example' };
const TREASURER = { title: 'Die Vereinskasse führen', mail: 'vorstand@hansekogge.example' };
const YOUTH = { title: 'Rollstuhlbasketball für Jugendliche trainieren',
  mail: 'abteilung-rollstuhlsport@hansekogge.example' }; // one place

let base; // of the program
let counsellor; // her screen
let colleague; // another one's, in the same office
let phone; // of whoever follows a mailed link, without script

const at = (path) => `${base}/${city}${path}`;
const text = async (page, selector) => (await page.locator(selector).first().innerText()).trim();

// ---- forms ----

// Fills what the form has, by the names of its fields.
async function fill(page, form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`${form} [name="${name}"]`).first();
    const kind = await field.evaluate((e) => (e.localName === 'select' ? 'select' : e.type));
    if (kind === 'select') await field.selectOption(value);
    else if (kind === 'checkbox') await field.check();
    else if (kind === 'radio')
      await page.locator(`${form} [name="${name}"][value="${value}"]`).check();
    else await field.fill(value);
  }
}

// Sends a form; what came back.
async function send(page, form, values, button = 'button[type=submit]') {
  await fill(page, form, values);
  const [answer] = await Promise.all([
    page.waitForResponse((r) => r.request().isNavigationRequest() && r.status() !== 303),
    page.locator(`${form} ${button}`).first().click(),
  ]);
  await page.waitForLoadState('load');
  return { status: answer.status(), text: await says(page) };
}

const step = (verb) => `#schritt-${verb}`;

async function open(page, verb) {
  const closed = page.locator(`${step(verb)}:not([open]) > summary`);
  if (await closed.count()) await closed.click();
}

// A step of a placement that is taken.
async function take(page, verb, values = {}) {
  await open(page, verb);
  const { status, text: now } = await send(page, step(verb), values, `[value=${verb}]`);
  check(status === 200, `${verb}: is taken`, [now]);
}

// One that is not: the page says so in its place, or the form comes back and says why.
async function refused(page, verb, words, values = {}) {
  await open(page, verb);
  const why = page.locator(`${step(verb)} .t-choice__not`);
  const told = await why.count() ? { status: 422, text: await why.innerText() }
    : await send(page, step(verb), values, `[value=${verb}]`);
  check(told.status === 422 && told.text.includes(words), `${verb}: is refused: ${words}`,
    [told.status, told.text]);
}

const stateOf = (page) => text(page, '[aria-labelledby=stand] .t-state');

async function isNow(page, url, state) {
  await page.goto(url);
  const now = await stateOf(page);
  check(now === state, `it is now: ${state}`, [now]);
}

// ---- the morning ----

// The numbers at the worklists of placements, by name.
async function counts() {
  await counsellor.goto(at('/buero/vermittlungen'));
  const all = await counsellor.locator('.t-saved li').allInnerTexts();
  return Object.fromEntries(all.map((one) => one.trim().match(/^(.*?)\s*(\d+)?$/s))
    .map(([, name, n]) => [name, Number(n ?? -1)]));
}

// What waits, is late or comes on "Heute", by its words.
async function worklist() {
  await counsellor.goto(at('/buero'));
  return (await counsellor.locator('.t-tasks li:has(a)').allInnerTexts()).map((line) =>
    line.replace(/\s+/g, ' ').trim());
}

async function bookATime() {
  await phone.goto(at('/termine'));
  for (let weeks = 0; weeks < 4 && !await phone.locator('main .t-slot').count(); weeks++)
    await go(phone, '.t-slots__turn a >> nth=-1');
  await go(phone, 'main .t-slot');
  await phone.waitForTimeout(READING);
  const channel = phone.locator('main input[name=channel]').first();
  if (!await channel.isChecked()) await channel.check();
  const sent = await send(phone, 'main form.t-form', { name: BOOKED.name, mail: BOOKED.mail,
    phone: BOOKED.phone, subject: 'Ich spiele Basketball und möchte Jugendliche trainieren.' });
  check(sent.status === 200, 'booked: the citizen has asked for a time', [sent.text]);
  const mail = await post(BOOKED.mail, 1);
  await phone.goto(mail.link);
  if (await phone.locator('button[value=bestaetigen]').count())
    await go(phone, 'button[value=bestaetigen]');
  await counsellor.goto(at('/buero/termine?view=week'));
  for (let weeks = 0; weeks < 4 && !(await says(counsellor)).includes(BOOKED.name); weeks++)
    await go(counsellor, '.t-slots__turn a >> nth=2');
  await go(counsellor, `main a:has-text("${BOOKED.name}")`);
  check((await says(counsellor)).includes('Ich spiele Basketball'),
    'booked: the counsellor sees the time and what it is about', [await says(counsellor)]);
}

// ---- talks ----

// One screen, while somebody speaks.
async function enter(person, said) {
  await counsellor.goto(at('/buero/personen/neu'));
  const form = 'main form[action$="/personen/neu"]';
  const { agree_keep: keep, ...rest } = { ...person, ...said };
  const asked = await send(counsellor, form, rest);
  check(asked.status === 422 && asked.text.includes('Einwilligung'),
    `${person.name}: nothing is kept without consent`, [asked.text]);
  const kept = await send(counsellor, form, { agree_keep: keep });
  check(kept.status === 200 && kept.text.includes(person.name), `${person.name}: is entered`,
    [kept.text]);
  return counsellor.url().match(/personen\/(\d+)/)[1];
}

async function advise(person, talk) {
  await counsellor.goto(at(`/buero/personen/${person.id}`));
  await go(counsellor, 'a[href*="/beratungen/neu"]');
  const form = 'main form[action$="/beratungen/neu"]';
  const begun = await send(counsellor, form, { channel: talk.channel, reason: talk.reason });
  check(begun.text.includes(talk.reason), `${person.name}: a case begins`, [begun.text]);
  person.advice = counsellor.url();
  const form2 = 'main form[action$="/gespraech"]';
  const missing = await send(counsellor, form2, { protocol: talk.protocol });
  check(missing.status === 422
    && await counsellor.locator(`${form2} [name=protocol]`).inputValue() === talk.protocol,
  `${person.name}: a talk has minutes; what was typed is kept`, [missing.text]);
  await colleague.goto(person.advice);
  const told = await send(counsellor, form2, { minutes: talk.minutes });
  check(told.text.includes('Protokoll, versiegelt') && !told.text.includes(talk.protocol),
    `${person.name}: the talk is kept, its protocol sealed`, [told.text]);
}

// The colleague had the page open all the time.
async function tooLate(person) {
  const form = 'main form[action$="/gespraech"]';
  const late = await send(colleague, form, { minutes: '10', protocol: 'Rief mich auch an.' });
  check(late.status === 409 && late.text.includes('Inzwischen hat jemand'),
    'colleague: is told that somebody was quicker', [late.text]);
  check(await colleague.locator(`${form} [name=protocol]`).inputValue() === 'Rief mich auch an.',
    'colleague: has everything that she typed');
  await colleague.goto(person.advice);
  const talks = await colleague.locator('[aria-labelledby=gespraeche] .t-followup').count();
  check(talks === 1, 'colleague: there is one talk, not two', [talks]);
}

async function ready(person) {
  await counsellor.goto(person.advice);
  await go(counsellor, 'button[name=step][value=ready]');
  check(await stateOf(counsellor) === 'bereit zur Vermittlung', `${person.name}: is ready`);
}

// ---- the desk ----

const ranking = () => counsellor.locator('.t-matches > li h3').allInnerTexts();

async function intoBasket(title) {
  for (let n = 0; n < 12; n++) {
    const button = counsellor.locator(`button[name=offer][aria-label*="${title}"]`);
    if (await button.count()) {
      await Promise.all([counsellor.waitForNavigation(), button.click()]);
      return;
    }
    await go(counsellor, '.t-pages a[rel=next]');
  }
  throw new Error(`the desk does not show ${title}`);
}

async function match(person, offer, move = false) {
  await counsellor.goto(person.advice);
  await go(counsellor, 'main a[href$="/passt"]');
  const before = await ranking();
  check(before.length > 0, `${person.name}: the desk ranks offers`);
  if (move) await moveWeights(before);
  await intoBasket(offer.title);
  if (move) await compare();
  await go(counsellor, 'button[name=view][value=sheet]');
  check((await says(counsellor)).includes(offer.title), `${person.name}: has a sheet to take home`,
    [await says(counsellor)]);
}

async function moveWeights(before) {
  const weights = 'details:has(.t-desk-weights)';
  await counsellor.locator(`${weights} > summary`).click();
  for (const select of await counsellor.locator(`${weights} select`).all()) {
    const one = await select.getAttribute('name');
    await select.selectOption(one === 'w_when' || one === 'w_time' ? '400' : '0');
  }
  await go(counsellor, '.t-aside .t-actions button.kern-btn--primary:has-text("ordnen")');
  const after = await ranking();
  check(after.join() !== before.join(), 'desk: moved weights order anew', [after.join(' | ')]);
  await go(counsellor, 'a.kern-link--no-visited-state[href$="/passt"]');
  check((await ranking()).join() === before.join(), 'desk: and back');
}

async function compare() {
  const other = counsellor.locator('button[name=offer]').first();
  await Promise.all([counsellor.waitForNavigation(), other.click()]);
  await go(counsellor, 'button[name=view][value=compare]');
  const columns = await counsellor.locator('.t-desk-compare thead th').count();
  check(columns === 3, 'desk: two offers side by side', [columns]);
  await go(counsellor, '.t-head a.kern-link--alone');
  const spare = counsellor.locator('.t-names li', { hasNotText: MARKET.title }).locator('a');
  await Promise.all([counsellor.waitForNavigation(), spare.click()]);
}

// From the sheet; the placement's page.
async function propose(person, offer) {
  const form = 'main form[action$="/vorschlagen"]';
  const said = await send(counsellor, form, { told: 'spoken' });
  check(said.status === 200, `${person.name}: ${offer.title} is proposed`, [said.text]);
  check(counsellor.url().includes('/vermittlungen/'), `${person.name}: and it goes on from there`);
  return counsellor.url();
}

async function notTwice(person, offer) {
  await counsellor.goto(at(`/buero/personen/${person.id}/passt?offer=${offer.id}&view=sheet`));
  const again = await send(counsellor, 'main form[action$="/vorschlagen"]', {});
  check(again.status === 422 && again.text.includes('läuft schon eine Vermittlung'),
    `${person.name}: is not proposed twice`, [again.text]);
}

async function idOf(offer) {
  await phone.goto(at(`/angebote?q=${encodeURIComponent(offer.title)}`));
  const href = await phone.locator(`.t-row__title a:has-text("${offer.title}")`).first()
    .getAttribute('href');
  return href.match(/(\d+)/)[1];
}

// ---- the walk-in: a trial that is broken off ----

async function theWalkIn() {
  const p = WALKED_IN;
  p.id = await enter(p, { like_words: 'Senioren, Einkaufen', when_words: 'Mi Nachmittag',
    birth_year: '1958', agree_keep: '1', agree_propose: '1' });
  await advise(p, { channel: 'consulting_hour', minutes: '35',
    reason: 'Hat Zeit, seit die Enkel groß sind.', protocol: 'Kommt gut zu Fuß zurecht.' });
  await tooLate(p);
  await ready(p);
  await match(p, MARKET, true);
  p.placement = await propose(p, MARKET);
  const page = counsellor;
  await refused(page, 'contact', 'Ohne gültige Einwilligung', { writes: 'organisation' });
  await refused(page, 'withdraw', 'keine Einwilligung');
  await refused(page, 'wait', 'noch Plätze frei');
  await refused(page, 'silent_person', 'eine Woche Zeit');
  await refused(page, 'no_interest', 'Bitte', { note: 'ohne Grund' });
  await refused(page, 'agree', 'Bitte');
  await take(page, 'agree', { given: 'office' });
  await refused(page, 'agree', 'liegt schon vor', { given: 'office' });
  await notTwice(p, MARKET);
  await page.goto(p.placement);
  const before = mailTo(MARKET.mail).count;
  await take(page, 'contact', { writes: 'organisation' });
  await refused(page, 'silent_org', 'eine Woche Zeit');
  const mail = await post(MARKET.mail, before + 1);
  check(mail.text.includes(p.phone), 'organisation: gets name and phone, and a link', [mail.text]);
  await theOrganisationAnswers(mail.link, 'ja', 'Gern, am Mittwoch auf dem Markt.');
  check((await post(p.mail, 1)).text.includes('Gern, am Mittwoch'), 'walk-in: reads the answer');
  await page.goto(p.placement);
  await refused(page, 'silent_org', 'schon geantwortet');
  await take(page, 'meet',
    { meets_on: today, meets_place: 'Am Brunnen', meets_with: 'Frau Muster' });
  await refused(page, 'trial', 'Beauftragung', { trial_from: today, trial_to: today });
  await theyCommission(mail.link);
  await page.goto(p.placement);
  await refused(page, 'trial', 'Ende', { trial_from: today, trial_to: '01.01.2026' });
  await take(page, 'trial', { trial_from: today, trial_to: today });
  await theTrialEnds(p);
}

async function theOrganisationAnswers(link, act, sentence) {
  await phone.goto(link);
  const { status } = await send(phone, 'form:has(#answer)', { answer: sentence }, `[value=${act}]`);
  check(status === 200, `organisation: answers by its link: ${act}`);
}

async function theyCommission(link) {
  await phone.goto(link);
  const form = 'form[action$="/beauftragen"]';
  const missing = await send(phone, form, { commissioned_by: '' });
  check(missing.status === 422, 'organisation: a commission names who gives it', [missing.text]);
  const given = await send(phone, form, { commissioned_by: 'Vorstand', supervisor: 'Frau Muster',
    scope: 'Einkäufe begleiten' });
  check(given.status === 200, 'organisation: commissions by its link', [given.text]);
}

// The colleague has the page of the trial open when it is broken off.
async function theTrialEnds(p) {
  const trials = (await counts())['Schnuppern endet diese Woche'];
  check(trials >= 1, 'worklist: a trial that ends', [JSON.stringify(await counts())]);
  await counsellor.goto(p.placement);
  await colleague.goto(p.placement);
  await refused(counsellor, 'break_off', 'Bitte', { note: 'Der Rücken' });
  await take(counsellor, 'break_off', { exit_reason: 'time', note: 'Der Rücken' });
  await isNow(counsellor, p.placement, 'Schnuppern abgebrochen');
  await open(colleague, 'break_off');
  const twice = await send(colleague, step('break_off'), { exit_reason: 'task' },
    '[value=break_off]');
  check(twice.status === 409, 'colleague: it does not end twice', [twice.text]);
}

// ---- who calls: the organisation declines, and the next offer is full ----

async function theCall() {
  const p = CALLED;
  p.id = await enter(p, { like_words: 'Verwaltung, Sport', birth_year: '1985', agree_keep: '1',
    agree_propose: '1', agree_pass_on: '1' });
  await advise(p, { channel: 'phone', minutes: '20', reason: 'Kann gut mit Zahlen umgehen.',
    protocol: 'War Buchhalter.' });
  await ready(p);
  await match(p, TREASURER);
  p.placement = await propose(p, TREASURER);
  await refused(counsellor, 'tell', 'keine E-Mail-Adresse');
  await theOfferIsShut(p, TREASURER);
  const before = mailTo(TREASURER.mail).count;
  await take(counsellor, 'contact', { writes: 'organisation' });
  const mail = await post(TREASURER.mail, before + 1);
  await theOrganisationAnswers(mail.link, 'nein', 'Wir haben gerade jemanden gefunden.');
  check((await says(phone)).includes('Danke'), 'organisation: is thanked', [await says(phone)]);
  await isNow(counsellor, p.placement, 'passt nicht');
  const again = await phone.goto(mail.link);
  check(again.status() === 410, 'organisation: has answered, once', [again.status()]);
}

// The head of the office takes the offer away meanwhile, and publishes it again.
async function theOfferIsShut(p, offer) {
  const turn = async (verb) => {
    await colleague.goto(at(`/buero/angebote/${offer.id}`));
    const { status } = await send(colleague, 'main form[action$="/status"]', {}, `[value=${verb}]`);
    check(status === 200, `colleague: the offer: ${verb}`, [status]);
    await counsellor.goto(p.placement);
  };
  await turn('archive');
  await refused(counsellor, 'contact', 'ist nicht offen', { writes: 'organisation' });
  await turn('return');
  await turn('publish');
}

// The sheet was open when the last place was taken.
async function theWaitingList() {
  const p = CALLED;
  const late = await send(colleague, 'main form[action$="/vorschlagen"]', {});
  check(late.status === 409 && late.text.includes('nicht mehr offen'),
    'colleague: is told that the offer is full', [late.status, late.text]);
  await counsellor.goto(at(`/buero/personen/${p.id}`));
  await go(counsellor, 'a[href*="/vermittlungen/neu"]');
  await counsellor.fill('#q', YOUTH.title);
  await Promise.all([counsellor.waitForNavigation(), counsellor.locator('#q').press('Enter')]);
  await go(counsellor, `main a:text-is("${YOUTH.title}")`);
  await send(counsellor, 'main form[method=post]', { why: 'Falls ein Platz frei wird.' });
  check(await stateOf(counsellor) === 'auf der Warteliste', 'a full offer: the waiting list',
    [await stateOf(counsellor)]);
  check(!await counsellor.locator(step('contact')).count(), 'waiting: nobody is contacted');
}

// ---- who booked: placed with young people ----

async function theAppointment() {
  const p = BOOKED;
  p.id = await enter(p, { like_words: 'Sport, Jugendliche', birth_year: '1992', agree_keep: '1',
    agree_propose: '1' });
  await advise(p, { channel: 'consulting_hour', minutes: '40',
    reason: 'Spielt Basketball und möchte Jugendliche trainieren.', protocol: 'Hat Erfahrung.' });
  await ready(p);
  await match(p, YOUTH);
  p.placement = await propose(p, YOUTH);
  await theirConsent(p);
  await take(counsellor, 'meet',
    { meets_on: today, meets_place: 'Halle', meets_with: 'Herr Muster' });
  await near(p);
  await inspect(p);
  await colleague.goto(at(`/buero/personen/${CALLED.id}/passt?offer=${YOUTH.id}&view=sheet`));
  await counsellor.goto(p.placement);
  await take(counsellor, 'place', { ...PLACED, checked: 'inspected', person_agrees: '1',
    organisation_agrees: '1' });
  await isNow(counsellor, p.placement, 'vermittelt');
  await refused(counsellor, 'follow_up', 'beider Seiten');
  await refused(counsellor, 'end', 'Bitte füllen');
  await isNow(counsellor, p.placement, 'vermittelt');
}

// By her own link: yes, withdrawn, and yes once more.
async function theirConsent(p) {
  const mails = mailTo(p.mail).count;
  const told = mailTo(YOUTH.mail).count;
  await take(counsellor, 'tell');
  const { link } = await post(p.mail, mails + 1);
  await phone.goto(link);
  await go(phone, 'button[value=ja]');
  check((await post(YOUTH.mail, told + 1)).count === told + 1, 'consent by link: data go out');
  await phone.goto(link);
  await go(phone, 'button[value=widerrufen]');
  check((await post(YOUTH.mail, told + 2)).text.includes('löschen'),
    'consent withdrawn: the organisation is asked to delete');
  await isNow(counsellor, p.placement, 'angehalten: Einwilligung zurückgezogen');
  check(!await counsellor.locator(step('meet')).count(), 'frozen: nobody meets');
  await refused(counsellor, 'contact', 'Ohne gültige Einwilligung', { writes: 'organisation' });
  await phone.goto(link);
  await go(phone, 'button[value=ja]');
  const mail = await post(YOUTH.mail, told + 3);
  await theOrganisationAnswers(mail.link, 'ja', 'Kommen Sie zum Training.');
  await counsellor.goto(p.placement);
}

const PLACED = { starts_on: today, hours_week: '2', expenses: 'travel' };

async function near(p) {
  const both = { person_agrees: '1', organisation_agrees: '1' };
  await refused(counsellor, 'place', 'beide Seiten', { ...PLACED, checked: 'not_needed' });
  await refused(counsellor, 'place', 'Arbeit mit Kindern oder Jugendlichen',
    { ...PLACED, ...both, checked: 'not_needed' });
  await refused(counsellor, 'place', 'keine Einsicht',
    { ...PLACED, ...both, checked: 'inspected' });
  await refused(counsellor, 'place', 'braucht eine Begründung',
    { ...PLACED, ...both, checked: 'exempt' });
  await isNow(counsellor, p.placement, 'Kennenlernen');
}

async function inspect(p) {
  await counsellor.goto(at('/buero/fuehrungszeugnisse'));
  await go(counsellor, `main a:has-text("${p.name}")`);
  const form = 'main form[action$="/einsicht"]';
  const old = await send(counsellor, form, { inspected_on: today, issued_on: '01.01.2020',
    entry: 'no' });
  check(old.status === 422, 'certificate: one that is too old is refused', [old.text]);
  const inspected = await send(counsellor, form, { inspected_on: today, issued_on: today,
    entry: 'no' });
  check(inspected.status === 200, 'certificate: was inspected', [inspected.text]);
}

// ---- hours ----

async function theHours() {
  const p = BOOKED;
  const before = mailTo(p.mail).count;
  const theirs = mailTo(YOUTH.mail).count;
  await counsellor.goto(at('/buero/stunden'));
  await go(counsellor, `tr:has(th:text-is("${p.name}")) form button`);
  const { link } = await post(p.mail, before + 1);
  await phone.goto(link);
  const form = 'main form:has([name=activity])';
  const future = await send(phone, form, { day: '31.12.2099', time: '1,5', activity: 'Training' });
  check(future.status === 422, 'hours: not of the future', [future.text]);
  await send(phone, form, { day: today, time: '1,5', activity: 'Training' });
  await go(phone, 'button[value=einreichen]');
  const mail = await post(YOUTH.mail, theirs + 1);
  await phone.goto(mail.link);
  await go(phone, 'button[value=bestaetigen]');
  await phone.goto(mail.link);
  check(!await phone.locator('button[value=bestaetigen]').count(), 'hours: are confirmed, once');
  await counsellor.goto(at('/buero/stunden'));
  const row = await text(counsellor, `tr:has(th a:text-is("${p.name}"))`);
  check(/1:30|1,5/.test(row), 'hours: an hour and a half, confirmed', [row]);
}

// ---- the evening ----

async function theEvening(morning) {
  const now = await counts();
  const grew = (name) => now[name] - morning.counts[name];
  check(grew('Laufend') === 2, 'evening: two placements more run', [JSON.stringify(now)]);
  check(grew('auf der Warteliste') === 1, 'evening: one waits', [JSON.stringify(now)]);
  await counsellor.goto(at('/buero/vermittlungen?state=all'));
  const rows = (await counsellor.locator('tbody tr').allInnerTexts())
    .map((row) => row.replace(/\s+/g, ' ')).filter((row) => row.startsWith('Probe ')).sort();
  const expected = [[CALLED, TREASURER, 'passt nicht'], [CALLED, YOUTH, 'auf der Warteliste'],
    [BOOKED, YOUTH, 'vermittelt'], [WALKED_IN, MARKET, 'Schnuppern abgebrochen']];
  check(rows.length === expected.length && expected.every(([p, o, state]) => rows.some((row) =>
    row.startsWith(p.name) && row.includes(o.title) && row.includes(state))),
  'evening: the list has the four placements, and how they stand', rows);
  const fresh = (await worklist()).filter((line) => !morning.work.includes(line));
  const of = (p) => fresh.filter((line) => line.startsWith(p.name));
  check(fresh.length > 0 && fresh.every((line) => line.startsWith('Probe ')),
    'evening: on "Heute" is nothing new but the three', fresh);
  for (const p of [WALKED_IN, CALLED, BOOKED])
    check(of(p).some((line) => line.includes('Beratungsfall, bereit zur Vermittlung')),
      `evening: ${p.name}'s case waits on "Heute"`, fresh);
  const figures = await report();
  for (const [figure, n] of Object.entries(REPORTED))
    theReportShows(figure, n, morning.report, figures);
}

// What the day adds to the year's figures, of which the demo has enough for all to be shown.
const REPORTED = { 'Neu aufgenommene Menschen': 3, Beratungsfälle: 3, Beratungsgespräche: 3,
  Vorschläge: 4, 'Kontakte zu Organisationen': 3, Vermittlungen: 1 };

// The figures of this year so far, by name.
async function report() {
  const year = today.slice(-4);
  await counsellor.goto(at(`/buero/zahlen/bericht?from=1.1.${year}&to=${today}`));
  const rows = await counsellor.locator('main table tbody tr').evaluateAll((all) =>
    all.map((row) => [row.querySelector('th')?.innerText.trim(),
      row.querySelector('td')?.innerText.trim()]));
  return Object.fromEntries(rows.reverse().filter(([, value]) => /^\d+$/.test(value ?? '')));
}

function theReportShows(figure, n, before, now) {
  const more = Number(now[figure]) - Number(before[figure]);
  check(more === n, `report: ${figure}: ${n} more`, [`${before[figure]}, then ${now[figure]}`]);
}

// What is not there soon will not come.
function patient(page) {
  page.setDefaultTimeout(10000);
  return page;
}

let browser;
try {
  base = await begin();
  browser = await launch();
  const screen = async () => patient(await (await browser.newContext(DESK)).newPage());
  [counsellor, colleague] = [await screen(), await screen()];
  phone = patient(await (await browser.newContext({ ...PHONE, javaScriptEnabled: false }))
    .newPage());
  await signIn(counsellor, base, 'beratung');
  await signIn(colleague, base, 'leitung');
  for (const offer of [MARKET, TREASURER, YOUTH]) offer.id = await idOf(offer);
  const morning = { counts: await counts(), work: await worklist(),
    report: await report() };
  await bookATime();
  await theWalkIn();
  await theCall();
  await theAppointment();
  await theWaitingList();
  await theHours();
  await theEvening(morning);
} catch (error) {
  check(false, 'the day comes to its end', [...error.stack.split('\n'),
    `counsellor: ${counsellor?.url()}`, `phone: ${phone?.url()}`]);
  if (process.env.TANDEM_LOOK)
    await counsellor?.screenshot({ path: process.env.TANDEM_LOOK, fullPage: true });
} finally {
  await browser?.close();
  stop();
}
done();
process.exit();

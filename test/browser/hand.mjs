// SPDX-License-Identifier: EUPL-1.2
// A counsellor without a mouse: somebody walks in and is entered, advised, matched, proposed and
// passed on, with Tab, Enter, Space and letters alone. Each screen on the way is also walked by Tab
// from end to end: every control once, in order, its focus seen, no trap. The keys that each task
// took are counted and left beside the results (keys.txt). Neighbours: tasks.mjs (visitors),
// keyboard.mjs (every page), aloud.mjs (what is heard of the same screens).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { base, check, city, done, launch, none, show, visitor } from './lib.mjs';
import { pressTo, tabThrough, typeInto } from './keys.mjs';

const WIDE = { theme: 'light', size: { width: 1280, height: 900 } };
const NAME = 'Probe Wacholder';

const at = (page) => page.url().slice(base.length);
const text = async (page, selector) => (await page.locator(selector).first().innerText()).trim();

// ---- counting ----

const tasks = [];
let keys = 0;

function count(page) {
  const { press, type } = page.keyboard;
  page.keyboard.press = (key) => { keys++; return press.call(page.keyboard, key); };
  page.keyboard.type = (words) => { keys += words.length; return type.call(page.keyboard, words); };
}

async function task(name, work) {
  keys = 0;
  await work();
  tasks.push(`${name}: ${keys}`);
}

// ---- by keys ----

async function go(page, key = 'Enter') {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press(key)]);
  await page.waitForLoadState('load');
}

// The first stop of a page leads past its head.
async function skipHead(page) {
  const top = await page.evaluate(() => document.activeElement === document.body);
  if (!top) return;
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}

async function choose(page, selector) {
  if (!selector.startsWith('header')) await skipHead(page);
  await pressTo(page, selector);
  await go(page);
}

async function write(page, selector, words) {
  await skipHead(page);
  await typeInto(page, selector, words);
}

// A value of a select, by its letters, as one does.
async function pick(page, selector, words) {
  await pressTo(page, selector);
  await page.keyboard.type(words);
  const chosen = await page.locator(`${selector} option:checked`).first().innerText();
  check(chosen.toLowerCase().startsWith(words.toLowerCase()), `${selector}: letters choose`,
    [chosen]);
}

async function walkThrough(page, screen) {
  const here = page.url();
  const found = await tabThrough(page);
  for (const [demand, list] of Object.entries(found)) none(list, `${screen}: ${demand}`);
  check(page.url() === here, `${screen}: Tab alone leads nowhere`);
}

// ---- the walk-in ----

async function toThePeople(page) {
  await page.goto(`${base}/${city}/buero`);
  await walkThrough(page, 'Heute');
  await page.goto(`${base}/${city}/buero`);
  await task('from "Heute" to a new person', async () => {
    await pressTo(page, 'header nav summary:has-text("Menschen")');
    await page.keyboard.press('Enter');
    await choose(page, 'header nav a[href$="/buero/personen"]');
    await choose(page, 'main a[href$="/personen/neu"]');
  });
  check(at(page).endsWith('/personen/neu'), 'new person: reached', [at(page)]);
}

async function enter(page) {
  await walkThrough(page, 'person entry');
  await page.reload();
  await task('a walk-in, on one screen', async () => {
    await write(page, '#name', NAME);
    await write(page, '#phone', '0000 30001');
    await write(page, '#like_words', 'Vorlesen, Kinder');
    await write(page, '#when_words', 'Mi Nachmittag');
    for (const box of ['#agree_keep', '#agree_propose', '#agree_pass_on']) {
      await pressTo(page, box);
      await page.keyboard.press('Space');
    }
    await choose(page, '.t-actions--bar button');
  });
  check(await text(page, 'h1') === NAME, 'a walk-in: is entered', [at(page)]);
  await walkThrough(page, 'person');
}

async function advise(page) {
  await page.reload();
  await task('a case begins', async () => {
    await choose(page, 'a[href*="/beratungen/neu"]');
    await write(page, '#reason', 'Möchte vorlesen.');
    await choose(page, 'main form[method=post].t-form button[type=submit]');
  });
  await walkThrough(page, 'case');
  await page.reload();
  await task('a talk that lacks its minutes', async () => {
    await write(page, '#protocol', 'Liest gern.');
    await choose(page, 'form[action$="/gespraech"] button[type=submit]');
  });
  check(await page.locator('#fehler:focus, #fehler :focus').count() === 1,
    'a talk: what is missing has the focus');
  await walkThrough(page, 'case with an error');
  await task('the talk', async () => {
    await write(page, '#minutes', '25');
    await choose(page, 'form[action$="/gespraech"] button[type=submit]');
  });
  await task('ready', () => choose(page, 'button[name=step][value=ready]'));
  check(await text(page, '[aria-labelledby=stand] .t-state') === 'bereit zur Vermittlung',
    'the case is ready');
}

async function match(page) {
  await task('from the case to the desk', () => choose(page, 'main a[href$="/passt"]'));
  await walkThrough(page, 'desk');
  await page.reload();
  await task('the first offer into the basket, and its sheet', async () => {
    await choose(page, 'button[name=offer]');
    await choose(page, 'button[name=view][value=sheet]');
  });
  await walkThrough(page, 'proposal sheet');
  await page.reload();
  await task('proposed', async () => {
    await pick(page, '#told', 'im Gespräch');
    await choose(page, 'form[action$="/vorschlagen"] button[type=submit]');
  });
}

async function passOn(page) {
  check(at(page).includes('/vermittlungen/'), 'proposed: leads to the placement', [at(page)]);
  await walkThrough(page, 'placement');
  await page.reload();
  await task('passed on', async () => {
    await pressTo(page, '#schritt-contact > summary');
    if (!await page.locator('#schritt-contact[open]').count()) await page.keyboard.press('Enter');
    await pick(page, '#writes', 'die Organisation');
    await choose(page, '#schritt-contact button[value=contact]');
  });
  check(await text(page, '[aria-labelledby=stand] .t-state') === 'in Kontakt',
    'placement: contact is made', [await text(page, 'main')]);
}

// Screens that a day begins and ends with.
async function theRest(page) {
  for (const path of ['/buero/termine', '/buero/termine?view=week', '/buero/fuehrungszeugnisse',
    '/buero/stunden', '/buero/vermittlungen', '/buero/beratungen']) {
    await page.goto(`${base}/${city}${path}`);
    await walkThrough(page, path);
  }
}

const browser = await launch();
const page = await visitor(browser, 'office');
await show(page, WIDE);
count(page);
for (const part of [toThePeople, enter, advise, match, passOn, theRest])
  await part(page).catch((error) =>
    check(false, `${part.name}: comes to its end`, [error.message, page.url()]));
writeFileSync(join(process.argv[2] ?? '.', 'keys.txt'), `${tasks.join('\n')}\n`);
await browser.close();
done();

// SPDX-License-Identifier: EUPL-1.2
// What people come for, done with the keyboard alone, from the address bar to the end: search,
// filter, open an offer, read it larger and in another language, sign in, write and publish an
// offer, change it. Tab, arrows, Space, Enter and letters; never a click, never a script's focus.
import { base, city, check, done, launch, mayEnter, show, signIn, skip, visitor } from './lib.mjs';
import { pressTo, typeInto } from './keys.mjs';

const DESKTOP = { theme: 'light', size: { width: 1280, height: 800 } };
const PHONE = { theme: 'light', size: { width: 390, height: 844 } };
const TITLE = 'Probeweise Rosen schneiden';

const at = (page) => page.url().slice(base.length);
const text = async (page, selector) => (await page.locator(selector).first().innerText()).trim();

// Presses a key that brings another page.
async function go(page, key) {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press(key)]);
  await page.waitForLoadState('load');
}

async function search(page) {
  await page.goto(`${base}/${city}/`);
  await typeInto(page, '#q', 'vorlesen');
  await go(page, 'Enter');
  check(at(page).startsWith(`/${city}/angebote?`) && await page.locator('.t-row').count() > 0,
    'search: the home page leads to hits', [at(page)]);
  check(await page.locator('.t-row mark').count() > 0, 'search: the words are marked');
}

async function filter(page) {
  await page.goto(`${base}/${city}/angebote`);
  const before = await text(page, '#ergebnis');
  await pressTo(page, '.t-facet input[type=checkbox]');
  await go(page, 'Space'); // on a desktop a facet applies at once
  const after = await text(page, '#ergebnis');
  check(after !== before, 'filter: Space applies a facet', [before, after]);
  check(await page.locator('.t-facet input:focus').count() === 1,
    'filter: the focus is still on it');
  await pressTo(page, 'a.t-chip');
  await go(page, 'Enter');
  check(await text(page, '#ergebnis') === before, 'filter: its chip takes it away');
}

async function filterOnPhone(page) {
  await show(page, PHONE);
  await page.goto(`${base}/${city}/angebote`);
  const before = await text(page, '#ergebnis');
  await pressTo(page, '.t-filter > summary');
  await page.keyboard.press('Enter');
  await pressTo(page, '.t-facet input[type=checkbox]');
  await page.keyboard.press('Space');
  await pressTo(page, '.t-facets__go button');
  await go(page, 'Enter');
  check(await text(page, '#ergebnis') !== before, 'filter on a phone: chosen, then applied');
  await show(page, DESKTOP);
}

async function read(page) {
  await page.goto(`${base}/${city}/angebote`);
  await pressTo(page, '.t-row__title a');
  const title = await page.evaluate(() => document.activeElement.innerText.trim());
  await go(page, 'Enter');
  check(await text(page, 'h1') === title, 'open an offer: Enter on its title', [title]);
}

async function larger(page) {
  const size = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  const [where, before] = [at(page), await size()];
  await pressTo(page, 'button[value=larger]');
  await go(page, 'Enter');
  check(parseFloat(await size()) > parseFloat(before), 'text size: larger');
  check(at(page) === where, 'text size: still on the same page', [at(page)]);
  await page.goto(`${base}/${city}/`);
  check(parseFloat(await size()) > parseFloat(before), 'text size: remembered');
  await pressTo(page, 'button[value=reset]');
  await go(page, 'Enter');
  check(await size() === before, 'text size: reset');
}

async function language(page) {
  await page.goto(`${base}/${city}/angebote`);
  await pressTo(page, '.t-lang > summary');
  await page.keyboard.press('Enter');
  await pressTo(page, '.t-lang a[hreflang=en]');
  await go(page, 'Enter');
  check(await page.getAttribute('html', 'lang') === 'en', 'language: English');
  check(at(page).startsWith(`/${city}/angebote`), 'language: still on the same page', [at(page)]);
  await page.goto(`${base}/${city}/`);
  check(await page.getAttribute('html', 'lang') === 'en', 'language: remembered');
  await page.goto(`${base}/${city}/?lang=de`);
}

async function enter(page) {
  await page.goto(`${base}/${city}/anmelden`);
  await pressTo(page, 'details:has(input[type=password]) > summary');
  await page.keyboard.press('Enter');
  await typeInto(page, 'form:has(input[type=password]) input[type=email]', signIn.mail);
  await typeInto(page, 'input[type=password]', signIn.password);
  await go(page, 'Enter');
  check(!at(page).includes('/anmelden'), 'sign in: with a password', [at(page)]);
}

// The first answer of a list or of a group of radio buttons.
async function choose(page, selector) {
  await pressTo(page, selector);
  const tag = await page.evaluate(() => document.activeElement.tagName);
  await page.keyboard.press(tag === 'SELECT' ? 'ArrowDown' : 'Space');
}

// With nothing filled in first: the summary takes the focus and leads to the field.
async function write(page) {
  await page.goto(`${base}/${city}/buero/angebote/neu`);
  await pressTo(page, 'main form button[name=publish]');
  await go(page, 'Enter');
  check(await page.locator('[data-focus]:focus').count() === 1,
    'write an offer: the summary of errors has the focus');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  check(await page.locator('#title:focus').count() === 1,
    'write an offer: its first link leads to the field');
  await page.keyboard.type(TITLE);
  await choose(page, '#organisation');
  await typeInto(page, '#summary', 'An einem Vormittag im März, mit Anleitung.');
  await typeInto(page, '#tasks_md', 'Sie schneiden Rosen im Park.');
  await pressTo(page, 'input[name=fields]');
  await page.keyboard.press('Space');
  for (const name of ['place_kind', 'time', 'certificate', 'expenses'])
    await choose(page, `[name=${name}]`);
  await pressTo(page, 'main form button[name=publish]');
  await go(page, 'Enter');
  const title = await text(page, 'h1');
  check(title === TITLE, 'write an offer: it is saved', [title, await text(page, 'main')]);
  check(await page.locator('.t-state--published').count() === 1, 'write an offer: it is published');
}

async function change(page) {
  await page.goto(`${base}/${city}/buero/angebote?state=published`);
  await pressTo(page, `tbody a >> text="${TITLE}"`);
  await go(page, 'Enter');
  await typeInto(page, '#title', `${TITLE} lernen`);
  await go(page, 'Enter');
  check(await text(page, 'h1') === `${TITLE} lernen`, 'change an offer: the new title stands');
  await pressTo(page, 'button[name=step][value=pause]');
  await go(page, 'Enter');
  check(await page.locator('.t-state--paused').count() === 1, 'change an offer: paused');
  await pressTo(page, 'button[name=step][value=resume]');
  await go(page, 'Enter');
  check(await page.locator('.t-state--published').count() === 1, 'change an offer: public again');
}

// The office's list: j, k, Enter, ? and Escape.
async function keysOfTheList(page) {
  await page.goto(`${base}/${city}/buero/angebote`);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const first = await page.locator('tbody tr').first().locator('a').first();
  check(await first.evaluate((a) => a === document.activeElement), 'list: j and k move');
  await page.keyboard.press('?');
  check(await page.locator('dialog[open]').count() === 1, 'list: ? shows the keys');
  await page.keyboard.press('Escape');
  check(await page.locator('dialog[open]').count() === 0, 'list: Escape closes them');
  const title = await first.innerText();
  await first.evaluate((a) => a === document.activeElement || a.focus());
  await go(page, 'Enter');
  check(await text(page, 'h1') === title.trim(), 'list: Enter opens');
}

const browser = await launch();
const page = await visitor(browser, 'anyone');
const office = [enter, write, change, keysOfTheList];
await show(page, DESKTOP);
for (const task of [search, filter, filterOnPhone, read, larger, language, ...office]) {
  if (office.includes(task) && !mayEnter()) {
    skip(task.name, 'nobody may sign in');
    continue;
  }
  // A task that gets stuck is one failure with its reason; the others go on.
  await task(page).catch((error) => check(false, `${task.name}: can be done`, [error.message]));
}
await browser.close();
done();

// SPDX-License-Identifier: EUPL-1.2
// What a screen reader gets of a counsellor's main screens: Chromium's accessibility tree, in its
// reading order. A transcript of each screen is left beside the results (aloud/*.txt); what must
// hold of all of them is checked here. doc/accessibility.md says what for. Neighbours: hear.mjs
// (the demands), planted.mjs (that they see something), hand.mjs (the same work by keyboard).
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { base, check, city, done, launch, none, settle, show, visitor } from './lib.mjs';
import { demands, listenTo, transcript } from './hear.mjs';

const folder = join(process.argv[2] ?? '.', 'aloud');
const WIDE = { theme: 'light', size: { width: 1280, height: 900 } };

const at = (path) => `${base}/${city}${path}`;

async function follow(page, selector) {
  await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
}

// From a list to its first record.
const first = (list, link) => async (page) => {
  await page.goto(at(list));
  await follow(page, link);
};

// A form sent as it stands: what is missing is said.
const sent = (go, button) => async (page) => {
  await go(page);
  await follow(page, button);
};

const to = (path) => (page) => page.goto(at(path));

const someCase = first('/buero/beratungen', 'tbody th a');
const somebody = first('/buero/personen', 'tbody th a');

async function desk(page) {
  await page.goto(at('/buero/vermittlungen'));
  await follow(page, 'tbody th a');
  await follow(page, 'dd a[href*="/buero/personen/"]');
  await follow(page, 'a[href$="/passt"]');
}

async function sideBySide(page) {
  await desk(page);
  for (let n = 0; n < 2; n++) await follow(page, 'button[name=offer]');
  await follow(page, 'button[value=compare]');
}

async function sheet(page) {
  await desk(page);
  await follow(page, 'button[name=offer]');
  await follow(page, 'button[value=sheet]');
}

async function saved(page) {
  await somebody(page);
  await follow(page, 'main form[action$="/einwilligung"] button[name=give], '
    + 'main form[action$="/einwilligung"] button[name=withdraw]');
}

// `says`: what must be announced when it opens; `wrong`: fields that must be said to be wrong.
const SCREENS = [
  { name: 'today', go: to('/buero') },
  { name: 'people', go: to('/buero/personen') },
  { name: 'person-entry', go: to('/buero/personen/neu') },
  { name: 'person-entry-wrong', go: sent(to('/buero/personen/neu'), '.t-actions--bar button'),
    wrong: true },
  { name: 'person', go: somebody },
  { name: 'person-saved', go: saved, says: true },
  { name: 'desk', go: desk },
  { name: 'desk-side-by-side', go: sideBySide },
  { name: 'proposal', go: sheet },
  { name: 'placements', go: to('/buero/vermittlungen') },
  { name: 'placement', go: first('/buero/vermittlungen', 'tbody th a') },
  { name: 'cases', go: to('/buero/beratungen') },
  { name: 'case', go: someCase },
  { name: 'case-wrong', go: sent(someCase, 'form[action$="/gespraech"] button'), wrong: true },
  { name: 'case-handed-wrong', go: sent(someCase, 'form[action$="/uebergeben"] button, '
    + 'form[action$="/uebernahme"]:has([name=reason]) button'), wrong: true },
  { name: 'appointments', go: to('/buero/termine') },
  { name: 'appointments-week', go: to('/buero/termine?view=week') },
  { name: 'certificates', go: to('/buero/fuehrungszeugnisse') },
  { name: 'hours', go: to('/buero/stunden') },
];

async function listen(page, screen) {
  await screen.go(page);
  await settle(page);
  const heard = await listenTo(page);
  writeFileSync(join(folder, `${screen.name}.txt`), transcript(heard));
  for (const [demand, problems] of Object.entries(demands(heard)))
    none(problems, `${screen.name}: ${demand}`);
  if (screen.says)
    check(heard.told !== '', `${screen.name}: what was done is announced`);
  if (screen.wrong)
    check(heard.wrong.length > 0, `${screen.name}: what is wrong is said at its field`);
}

mkdirSync(folder, { recursive: true });
const browser = await launch();
const page = await visitor(browser, 'office');
await show(page, WIDE);
for (const screen of SCREENS)
  await listen(page, screen).catch((error) =>
    check(false, `${screen.name}: can be heard`, [error.message, page.url()]));
await browser.close();
done();

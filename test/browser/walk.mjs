// SPDX-License-Identifier: EUPL-1.2
// Every page in every language, light and dark, narrow and wide: accessible by axe's rules,
// nothing overflows, nothing is fetched from elsewhere, nothing fails. The markup is kept for the
// HTML checker.
//
//     node walk.mjs OUTPUT-FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { arrived, city, done, fileName, inParallel, languages, launch, none, open, pages, show }
  from './lib.mjs';
import { listen, outline, overflow, violations } from './looks.mjs';

const out = process.argv[2];
const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 800 };
const STATES = [
  { theme: 'light', size: WIDE },
  { theme: 'dark', size: NARROW },
  { theme: 'dark', size: WIDE },
  { theme: 'light', size: NARROW },
];

// Each page is looked at in two states in the first language, which cover both sizes and both
// themes, and in one of the other two in each further language: so every page is seen in all
// four. These, which hold every component, in all four at once, and in two in each language.
const WITH_EVERYTHING = ['/', `/${city}/`, `/${city}/angebote`, `/${city}/angebote/{id}`,
  `/${city}/anmelden`, `/${city}/buero/angebote`, `/${city}/stil`, 'error summary'];

function states(job) {
  const language = languages.indexOf(job.language);
  if (WITH_EVERYTHING.includes(job.name))
    return language === 0 ? STATES : STATES.slice(...(language % 2 ? [2, 4] : [0, 2]));
  return language === 0 ? STATES.slice(0, 2) : [STATES[2 + (job.at + language) % 2]];
}

// The reader's text sizes, which the program puts on <html>.
async function sizes(page, where) {
  for (const size of ['size-s', 'size-l', 'size-xl']) {
    await page.evaluate((name) => {
      document.documentElement.className = name;
    }, size);
    none(await overflow(page), `${where} ${size}: nothing overflows`);
  }
}

async function visit(page, job) {
  const name = `${job.name} ${job.language}`;
  const wanted = states(job);
  await show(page, wanted[0]);
  const answer = await open(page, job, job.language);
  none(arrived(page, job, answer), `${name}: is the page`);
  writeFileSync(`${out}/html/${fileName(job.name)}.${job.language}.html`, await answer.text());
  none(await outline(page), `${name}: outline`);
  const lang = await page.getAttribute('html', 'lang');
  none(lang === job.language || (lang?.startsWith('de') && job.language === 'de-simple') ? []
    : [`lang="${lang}"`], `${name}: says its language`);
  for (const state of wanted) {
    const where = `${name} ${state.theme} ${state.size.width}`;
    await show(page, state);
    none(await overflow(page), `${where}: nothing overflows`);
    none(await violations(page), `${where}: axe`);
  }
  if (job.language === languages[0]) await sizes(page, name);
}

mkdirSync(`${out}/html`, { recursive: true });
const browser = await launch();
const list = await pages(browser);
none(list.length > WITH_EVERYTHING.length ? [] : ['the program lists hardly a page'],
  'there are pages');
const jobs = list.flatMap((entry, at) =>
  languages.map((language) => ({ ...entry, at, language })));
const ears = new Map();
await inParallel(browser, jobs, async (page, job) => {
  if (!ears.has(page)) ears.set(page, listen(page));
  const heard = ears.get(page);
  for (const kind of Object.keys(heard)) heard[kind].length = 0;
  await visit(page, job);
  // The browser itself remarks on an answer that says "not found" or "look again".
  const said = job.status ? [/status of 4\d\d/, new RegExp(`^${job.status} `)] : [];
  const rest = (kind) => heard[kind].filter((line) => !said.some((known) => known.test(line)));
  const name = `${job.name} ${job.language}`;
  none(rest('console'), `${name}: no complaint of the browser`);
  none(rest('foreign'), `${name}: nothing from elsewhere`);
  none(rest('broken'), `${name}: nothing missing`);
});
await browser.close();
done();

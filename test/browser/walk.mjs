// SPDX-License-Identifier: EUPL-1.2
// Every page in every language, light and dark, narrow and wide: accessible by axe's rules,
// nothing overflows, nothing is fetched from elsewhere, nothing fails. The markup is kept for the
// HTML checker, pictures for people.
//
//     node walk.mjs OUTPUT-FOLDER
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { base, done, fileName, inLanguage, inParallel, launch, none, pages } from './lib.mjs';

const out = process.argv[2];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const languages = (process.env.TANDEM_LANGUAGES ?? 'de de-simple en').split(' ');
const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 800 };
const STATES = [
  { theme: 'light', size: WIDE },
  { theme: 'dark', size: WIDE },
  { theme: 'dark', size: NARROW },
  { theme: 'light', size: NARROW },
];
const PICTURES = [
  { theme: 'light', size: { width: 320, height: 640 } },
  { theme: 'light', size: { width: 768, height: 1024 } },
  { theme: 'light', size: { width: 1440, height: 900 } },
  { theme: 'dark', size: { width: 1440, height: 900 } },
];

// Collects what a browser complains about while a page is open.
function listen(page) {
  const heard = { console: [], foreign: [], broken: [] };
  page.on('console', (m) => {
    if (m.text().includes('GL Driver Message')) return; // a software renderer's remark on its speed
    if (m.type() === 'error' || m.type() === 'warning') heard.console.push(m.text());
  });
  page.on('pageerror', (error) => heard.console.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${base}/`) && !/^(data|blob):/.test(url)) heard.foreign.push(url);
  });
  page.on('response', (r) => {
    if (r.status() >= 400) heard.broken.push(`${r.status()} ${r.url()}`);
  });
  page.on('requestfailed', (r) => heard.broken.push(`${r.failure()?.errorText} ${r.url()}`));
  return heard;
}

// One h1, no level left out, the language said, a title.
function outline() {
  const problems = [];
  const headings = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')];
  const levels = headings.map((h) => Number(h.tagName[1]));
  const ones = levels.filter((level) => level === 1).length;
  if (ones !== 1) problems.push(`${ones} h1`);
  levels.reduce((before, level) => {
    if (level > before + 1) problems.push(`h${level} after h${before}`);
    return level;
  }, 0);
  if (!document.title.trim()) problems.push('no title');
  if (document.querySelectorAll('main').length !== 1) problems.push('not exactly one main');
  return problems;
}

// What sticks out of the window sideways.
function overflow() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll('*')].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.right > width + 1 && getComputedStyle(e).position !== 'fixed';
  });
  return wide.slice(-5).map((e) => `${e.tagName.toLowerCase()}.${e.className} sticks out`)
    .concat(`${document.documentElement.scrollWidth} of ${width} pixels`);
}

async function violations(page) {
  const found = await page.evaluate(
    (tags) => axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), rules);
  return found.violations.flatMap((v) =>
    v.nodes.map((node) => `${v.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}

async function show(page, state) {
  await page.emulateMedia({ colorScheme: state.theme, reducedMotion: 'reduce' });
  await page.setViewportSize(state.size);
}

async function visit(page, job) {
  const name = `${job.name} ${job.language}`;
  await show(page, STATES[0]);
  const answer = await page.goto(base + inLanguage(job.path, job.language), { waitUntil: 'load' });
  writeFileSync(`${out}/html/${fileName(job.name)}.${job.language}.html`, await answer.text());
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(axe);
  none(await page.evaluate(outline), `${name}: outline`);
  const lang = await page.getAttribute('html', 'lang');
  none(lang === job.language || (lang?.startsWith('de') && job.language === 'de-simple') ? []
    : [`lang="${lang}"`], `${name}: says its language`);
  // The first language is looked at in all four states, the others in two that cover both sizes
  // and both themes.
  const states = job.language === languages[0] ? STATES : [STATES[0], STATES[2]];
  for (const state of states) {
    const where = `${name} ${state.theme} ${state.size.width}`;
    await show(page, state);
    none(await page.evaluate(overflow), `${where}: nothing overflows`);
    none(await violations(page), `${where}: axe`);
  }
}

async function picture(page, job) {
  for (const state of PICTURES) {
    await show(page, state);
    const folder = `${out}/screenshots/${state.size.width}-${state.theme}`;
    await page.screenshot({ path: `${folder}/${fileName(job.name)}.png`, fullPage: true });
  }
}

mkdirSync(`${out}/html`, { recursive: true });
for (const { theme, size } of PICTURES)
  mkdirSync(`${out}/screenshots/${size.width}-${theme}`, { recursive: true });

const browser = await launch();
const list = await pages(browser);
none(list.length ? [] : ['the program lists no page'], 'there are pages');
const jobs = list.flatMap((entry) => languages.map((language) => ({ ...entry, language })));
const ears = new Map();
await inParallel(browser, jobs, async (page, job) => {
  if (!ears.has(page)) ears.set(page, listen(page));
  const heard = ears.get(page);
  for (const kind of Object.keys(heard)) heard[kind].length = 0;
  await visit(page, job);
  if (job.language === languages[0]) await picture(page, job);
  const name = `${job.name} ${job.language}`;
  none(heard.console, `${name}: no complaint of the browser`);
  none(heard.foreign, `${name}: nothing from elsewhere`);
  none(heard.broken, `${name}: nothing missing`);
});
await browser.close();
done();

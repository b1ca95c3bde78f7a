// SPDX-License-Identifier: EUPL-1.2
// What the browser tests share: the browser, the list of pages, and results in TAP.
// Neighbours: looks.mjs and keys.mjs (what is checked on a page); run.sh starts the server and
// calls walk, keyboard, tasks and the others.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

// Where the server is, which town is walked, and who may enter its office.
export const base = process.env.TANDEM_BASE;
export const city = process.env.TANDEM_CITY ?? 'luebeck';
export const languages = (process.env.TANDEM_LANGUAGES ?? 'de de-simple en').split(' ');
export const signIn = { mail: process.env.TANDEM_MAIL, password: process.env.TANDEM_PASSWORD };

let count = 0;
let failed = 0;

// One test. `details` explain a failure, one line each.
export function check(good, what, details = []) {
  count++;
  failed += good ? 0 : 1;
  console.log(`${good ? 'ok' : 'not ok'} ${count} - ${what}`);
  if (good) return;
  for (const line of details.slice(0, 20)) console.log(`# ${String(line).replace(/\s+/g, ' ')}`);
  if (details.length > 20) console.log(`# and ${details.length - 20} more`);
}

// Several tests in one: good when the list of problems is empty.
export function none(problems, what) {
  check(problems.length === 0, what, problems);
}

export function skip(what, why) {
  count++;
  console.log(`ok ${count} - ${what} # SKIP ${why}`);
}

export function done() {
  console.log(`1..${count}`);
  process.exitCode = failed ? 1 : 0;
}

export async function launch() {
  // Chromium's sandbox does not work for root; nothing but our own server is opened.
  const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: '/usr/bin/chromium', args });
}

// All GET routes as the program itself lists them.
function routes() {
  const list = process.env.TANDEM_ROUTES
    ? readFileSync(process.env.TANDEM_ROUTES, 'utf8')
    : execFileSync(process.env.TANDEM, ['routes', '--json'], { encoding: 'utf8' });
  return JSON.parse(list).filter((route) => route.method === 'GET');
}

function prefix(route) {
  return route.scope === 'city' ? `/${city}` : '';
}

// The addresses that a route with parameters has, as a pattern for links.
function pattern(route) {
  const path = (prefix(route) + route.path).replace(/[.]/g, '\\.');
  return new RegExp(`^${path.replace(/\{id\}/g, '\\d+').replace(/\{\w+\}/g, '[^/?]+')}$`);
}

async function links(page, path) {
  // Asked first without showing it: a download is no page.
  const answer = await page.context().request.get(base + path);
  const type = answer.headers()['content-type'] ?? '';
  if (answer.status() !== 200 || !type.includes('html')) return { html: false, found: [] };
  const there = new URL(answer.url()).pathname;
  if (there !== new URL(path, base).pathname) return { html: false, found: [], there };
  await page.goto(base + path, { waitUntil: 'domcontentloaded' });
  const found = await page.$$eval('a[href]', (all) => all.map((a) => a.href));
  return { html: true, found };
}

export async function enter(page) {
  await page.goto(`${base}/${city}/anmelden`);
  // The form with the password may wait behind "with password".
  const form = page.locator('form:has(input[type=password])');
  const closed = page.locator('details:not([open]):has(input[type=password]) > summary');
  if (await closed.count()) await closed.click();
  await form.locator('input[type=email]').fill(signIn.mail);
  await form.locator('input[type=password]').fill(signIn.password);
  const pressed = form.locator('input[type=password]').press('Enter');
  await Promise.all([page.waitForNavigation(), pressed]);
  if (page.url().includes('/anmelden')) throw new Error(`${signIn.mail} may not enter`);
}

// Somebody's browser: 'anyone' or, signed in as the demo's administrator, 'office'.
export async function visitor(browser, who, options = {}) {
  const context = await browser.newContext({ locale: 'de-DE', ...options });
  const page = await context.newPage();
  if (who === 'office') await enter(page);
  return page;
}

export function mayEnter() {
  return Boolean(signIn.mail);
}

// Puts a mail with a link into the demo's mailbox, so that there is one to look at.
async function sendLink(page) {
  if (!mayEnter()) return;
  await page.goto(`${base}/${city}/anmelden`);
  await page.locator('#mail').fill(signIn.mail);
  await Promise.all([page.waitForNavigation(), page.locator('#mail').press('Enter')]);
  for (let tries = 0; tries < 100; tries++) {
    await page.goto(`${base}/${city}/postfach`);
    if (await page.locator('main a[href*="/postfach/"]').count()) return;
    await page.waitForTimeout(200);
  }
  throw new Error('the demo sends no mail');
}

// Of the demo's duplicates one pair is merged, so that there is a merge to look at.
async function mergeTwo(page) {
  if (!page) return;
  await page.goto(`${base}/${city}/buero/doppelte`);
  const pairs = page.locator('.t-pair a.kern-btn--primary');
  if (await pairs.count() < 2) return;
  await pairs.last().click();
  const button = page.locator('form[novalidate] .kern-btn--primary');
  await Promise.all([page.waitForNavigation(), button.click()]);
}

// What a person meets besides each route's plain page. `status` when it is not 200.
const STATES = [
  { name: 'offers found', path: `/${city}/angebote?q=kinder&near=23552&radius=10&field=education` },
  { name: 'offers, nothing found', path: `/${city}/angebote?q=unterwassermaler&place=at_home` },
  { name: 'offers, unknown place', path: `/${city}/angebote?near=nirgendwo` },
  { name: 'frame with map', path: `/${city}/einbetten/angebote?view=both&per=5` },
  { name: 'frame that is closed', path: `/${city}/einbetten/angebote?partner=1`, status: 404 },
  { name: 'no such page', path: `/${city}/gibt-es-nicht`, status: 404 },
  { name: 'not without signing in', path: `/${city}/buero/rollen`, landed: `/${city}/anmelden` },
  { name: 'error summary', path: `/${city}/buero/angebote/neu`, who: 'office', status: 422,
    press: 'main form[novalidate] [type=submit]' },
  { name: 'a time to book', path: `/${city}/termine`, press: 'main .t-slot',
    landed: `/${city}/termine/buchen` },
];

// Every page of the program once: {name, path, who}. A route with parameters is represented by
// the first link to it that another page has; one that nobody links to is reported. Walking
// through the program once is enough for the next tests: TANDEM_PAGES keeps the list, not for
// long, as it holds a mailed link, which lasts a quarter of an hour.
const LIST_LASTS_MS = 5 * 60 * 1000;
export async function pages(browser) {
  const kept = process.env.TANDEM_PAGES;
  if (kept && existsSync(kept) && Date.now() - statSync(kept).mtimeMs < LIST_LASTS_MS)
    return JSON.parse(readFileSync(kept, 'utf8'));
  const all = routes().map((route) => ({
    route,
    name: `${prefix(route)}${route.path}`,
    who: route.access === 'anyone' ? 'anyone' : 'office',
  }));
  const people = { anyone: await visitor(browser, 'anyone') };
  if (mayEnter()) people.office = await visitor(browser, 'office');
  const result = [];
  const seen = { anyone: new Set(), office: new Set() };

  async function take(entry, path) {
    const { html, found, there } = await links(people[entry.who], path);
    if (there) skip(entry.name, `sends this visitor to ${there}`);
    for (const link of found)
      if (link.startsWith(base)) seen[entry.who].add(link.slice(base.length));
    if (html) result.push({ name: entry.name, path, who: entry.who });
  }

  const plain = all.filter((entry) => people[entry.who]);
  await sendLink(people.anyone);
  await mergeTwo(people.office);
  for (const entry of plain.filter((e) => !e.route.path.includes('{')))
    await take(entry, entry.name);
  if (people.office)
    await take({ name: 'what was merged', who: 'office' }, `/${city}/buero/doppelte?view=merged`);
  // A page found may be the one that links to the next.
  let open = plain.filter((e) => e.route.path.includes('{'));
  for (let before = 0; before !== open.length;) {
    before = open.length;
    for (const entry of open) {
      const fits = pattern(entry.route);
      const link = [...seen[entry.who]].find((path) => fits.test(path.split('?')[0]));
      if (!link) continue;
      await take(entry, link.split('#')[0]);
      open = open.filter((other) => other !== entry);
    }
  }
  for (const entry of open) skip(entry.name, 'no page links to it');
  for (const page of Object.values(people)) await page.context().close();
  result.push(...STATES.map((state) => ({ who: 'anyone', ...state }))
    .filter((state) => people[state.who]));
  if (kept) writeFileSync(kept, JSON.stringify(result));
  return result;
}

// Runs the jobs, some at a time; each worker has browsers of its own for every role.
export async function inParallel(browser, jobs, work, options = {}) {
  const queue = [...jobs];
  const worker = async () => {
    const people = {};
    for (let job = queue.shift(); job; job = queue.shift()) {
      people[job.who] ??= await visitor(browser, job.who, options);
      // What gets stuck is one failure with its reason; the other jobs go on.
      await work(people[job.who], job).catch((error) =>
        check(false, `${job.name}: can be visited`, [error.message]));
    }
    for (const page of Object.values(people)) await page.context().close();
  };
  await Promise.all(Array.from({ length: 2 }, worker));
}

// A path in another language.
export function inLanguage(path, language) {
  const url = new URL(path, base);
  url.searchParams.set('lang', language);
  return url.pathname + url.search;
}

// What a page still waits for when it has loaded: the typeface, and the map if there is one in
// sight, whose buttons are made from its data. Without script there is nothing to wait for.
export async function settle(page) {
  await page.evaluate(() => document.fonts.ready);
  if (await page.locator('.t-map--on').count())
    await page.locator('.t-map__dot').first().waitFor({ timeout: 20000 });
}

// Opens a page as its entry says, in a language, and gives the answer that brought it.
export async function open(page, job, language = languages[0]) {
  const opened = await page.goto(base + inLanguage(job.path, language), { waitUntil: 'load' });
  await settle(page);
  if (!job.press) return opened;
  const [answer] = await Promise.all([
    page.waitForResponse((r) => r.request().isNavigationRequest()),
    page.locator(job.press).first().click(),
  ]);
  await page.waitForLoadState('load');
  return answer;
}

// Is it the page that the entry means, and not, say, the one for signing in?
export function arrived(page, job, answer) {
  const problems = [];
  if (answer.status() !== (job.status ?? 200)) problems.push(`status ${answer.status()}`);
  const there = decodeURI(new URL(page.url()).pathname);
  const expected = job.landed ?? new URL(job.path, base).pathname;
  if (there !== expected) problems.push(`landed on ${there}`);
  return problems;
}

// Light or dark, and how large.
export async function show(page, state) {
  await page.emulateMedia({ colorScheme: state.theme, reducedMotion: 'reduce' });
  await page.setViewportSize(state.size);
}

export function fileName(name) {
  return name.replace(/^\//, '').replace(/[^\w-]+/g, '_') || 'network';
}

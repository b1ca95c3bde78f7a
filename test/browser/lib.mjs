// SPDX-License-Identifier: EUPL-1.2
// What the browser tests share: the browser, the list of pages, and results in TAP.
// Neighbours: walk.mjs, keyboard.mjs, noscript.mjs; run.sh starts the server and calls them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

// Where the server is, which town is walked, and who may enter its office.
export const base = process.env.TANDEM_BASE;
export const city = process.env.TANDEM_CITY ?? 'luebeck';
const signIn = { mail: process.env.TANDEM_MAIL, password: process.env.TANDEM_PASSWORD };

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

// Every page of the program once: {name, path, who}. A route with parameters is represented by
// the first link to it that another page has; one that nobody links to is reported.
export async function pages(browser) {
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
    const { html, found } = await links(people[entry.who], path);
    for (const link of found)
      if (link.startsWith(base)) seen[entry.who].add(link.slice(base.length));
    if (html) result.push({ name: entry.name, path, who: entry.who });
  }

  const plain = all.filter((entry) => people[entry.who]);
  for (const entry of plain.filter((e) => !e.route.path.includes('{')))
    await take(entry, entry.name);
  for (const entry of plain.filter((e) => e.route.path.includes('{'))) {
    const fits = pattern(entry.route);
    const link = [...seen[entry.who]].find((path) => fits.test(path.split('?')[0]));
    if (link) await take(entry, link.split('#')[0]);
    else skip(entry.name, 'no page links to it');
  }
  for (const page of Object.values(people)) await page.context().close();
  return result;
}

// Runs the jobs, some at a time; each worker has browsers of its own for every role.
export async function inParallel(browser, jobs, work, options = {}) {
  const queue = [...jobs];
  const worker = async () => {
    const people = {};
    for (let job = queue.shift(); job; job = queue.shift()) {
      people[job.who] ??= await visitor(browser, job.who, options);
      await work(people[job.who], job);
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

export function fileName(name) {
  return name.replace(/^\//, '').replace(/[^\w-]+/g, '_') || 'network';
}

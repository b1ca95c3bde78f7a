// SPDX-License-Identifier: EUPL-1.2
// A program of its own for a long story: its demo, its server, a mail server that keeps what it
// gets (test/support/smtp_sink), links read from the mails' text, and the clock, moved by
// `tandem job run --now`. Neighbours: life.mjs, day.mjs.
//
// TANDEM_PLANTED=lost: nobody reads the mails (for planted.mjs: the stories must notice).
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { city } from './lib.mjs';

const TANDEM = process.env.TANDEM;
const PASSWORD = 'tandem-vorfuehrung';
export const PHONE = { viewport: { width: 390, height: 844 }, locale: 'de-DE' };
export const READING = 4000; // what a form was shown for at least, or it takes us for a program

export const pause = (ms) => new Promise((go) => { setTimeout(go, ms); });

// ---- the program and the mail server ----

const run = mkdtempSync(join(tmpdir(), 'tandem-story.'));
const inbox = join(run, 'mail');
const lost = process.env.TANDEM_PLANTED === 'lost';
mkdirSync(inbox);
const env = { ...process.env, TANDEM_DB: `sqlite:${run}/tandem.db`, TANDEM_DEMO: 'no',
  TANDEM_SECRET_FILE: `${run}/key`, TANDEM_JOBS: 'no' };
const children = [];

function start(program, args) {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  return child;
}

export function stop() {
  for (const child of children) child.kill();
  rmSync(run, { recursive: true, force: true });
}

export const tandem = (...args) => execFileSync(TANDEM, args, { env, encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'] });

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

async function firstLine(child) {
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the mail server says nothing');
}

async function answers(address) {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`${address}/healthz`).then((a) => a.ok, () => false)) return;
    await pause(100);
  }
  throw new Error('the server does not answer');
}

// Fills a demo, starts both servers; where the pages are.
export async function begin() {
  const base = `http://127.0.0.1:${await freePort()}`;
  env.TANDEM_ORIGIN = base;
  env.TANDEM_SMTP = await firstLine(
    start(join(dirname(TANDEM), 'test/support/smtp_sink'), [inbox]));
  tandem('demo');
  start(TANDEM, ['serve', '--listen', base.slice('http://'.length)]);
  await answers(base);
  return base;
}

// ---- mails ----

// Quoted-printable, as bytes of UTF-8.
function decoded(text) {
  const bytes = text.replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

// What a mail reader shows of the newest mail to somebody; `count` is how many there are.
export function mailTo(address) {
  const all = readdirSync(lost ? run : inbox).filter((name) => name.endsWith('.eml')).sort()
    .map((name) => readFileSync(join(inbox, name), 'latin1'))
    .filter((mail) => mail.startsWith(`Delivered-To: ${address}\r\n`));
  const plain = all.at(-1)?.split('Content-Type: text/plain')[1]?.split('\r\n\r\n').slice(1)
    .join('\r\n\r\n').split('\r\n--')[0] ?? '';
  const text = decoded(plain);
  return { count: all.length, text, link: text.match(/https?:\/\/\S+\/l\/[\w-]+/)?.[0] };
}

// Sends what waits, as on that day (fifty a run: the demo's offers grow old, too), and waits until
// the mail is there.
export async function post(address, atLeast, now = null) {
  const send = () => tandem('job', 'run', 'mail.send', ...(now ? ['--now', now] : []));
  while (!send().startsWith('sent 0 ')); // the job says "sent 12 of 12"
  for (let tries = 0; tries < 100 && mailTo(address).count < atLeast; tries++)
    await pause(50);
  return mailTo(address);
}

// ---- people ----

export async function go(page, selector) {
  await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
}

export const says = (page) => page.locator('main').innerText();

// Signs somebody of the demo's office in: "beratung", "leitung", …
export async function signIn(page, base, who) {
  await page.goto(`${base}/${city}/anmelden/passwort`);
  if (!await page.locator('input[type=password]').count())
    await page.goto(`${base}/${city}/anmelden`);
  const closed = page.locator('details:not([open]):has(input[type=password]) > summary');
  if (await closed.count()) await closed.click();
  const form = page.locator('form:has(input[type=password])');
  await form.locator('input[type=email]').fill(`${who}@${city}.example`);
  await form.locator('input[type=password]').fill(PASSWORD);
  const password = form.locator('input[type=password]');
  await Promise.all([page.waitForNavigation(), password.press('Enter')]);
}

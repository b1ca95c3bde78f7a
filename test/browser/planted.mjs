// SPDX-License-Identifier: EUPL-1.2
// Do the checks see anything? Each fault is planted into a page that passes, and its check must
// find it there and must find nothing before. Whoever adds a check adds its fault.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { base, check, city, done, launch, none, show, visitor } from './lib.mjs';
import { listen, outline, overflow, violations } from './looks.mjs';
import { demands, listenTo } from './hear.mjs';
import { tabThrough } from './keys.mjs';

const PAGE = `${base}/${city}/anmelden`;
const WIDE = { theme: 'light', size: { width: 1280, height: 800 } };
const DARK = { theme: 'dark', size: { width: 1280, height: 800 } };
const NARROW = { theme: 'light', size: { width: 320, height: 640 } };

const putStyle = (css) => (page) => page.evaluate((text) => {
  const sheet = new CSSStyleSheet(); // what the policy of the page does not forbid
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}, css);

const putHtml = (html) => (page) => page.evaluate((text) => {
  document.querySelector('main').insertAdjacentHTML('beforeend', text);
}, html);

// What the walk with Tab says of some of its demands.
const tab = (...demands) => async (page) => {
  const found = await tabThrough(page);
  return demands.flatMap((demand) => found[demand]);
};

// What a screen reader gets, of one demand.
const aloud = (demand) => async (page) => demands(await listenTo(page))[demand];
const removeLabel = (page) => page.evaluate(() => {
  for (const label of document.querySelectorAll('main label')) label.remove();
});

const FAULTS = [
  { what: 'aloud: a label removed', plant: removeLabel, find: aloud('every control has a name') },
  { what: 'aloud: a link "hier"', plant: putHtml('<p><a href="/x">hier</a></p>'),
    find: aloud('names make sense alone') },
  { what: 'aloud: two buttons of one name',
    plant: putHtml('<p><button>Wählen</button></p><p><button>Wählen</button></p>'),
    find: aloud('no two of one name') },
  { what: 'aloud: two navigations that are called alike',
    plant: putHtml('<nav aria-label="A"></nav><nav aria-label="A"></nav>'),
    find: aloud('landmarks can be told apart') },
  { what: 'aloud: a level left out', plant: putHtml('<h5>Titel</h5>'),
    find: aloud('headings are an outline') },
  { what: 'aloud: a table without headers',
    plant: putHtml('<table><caption>T</caption><tr><td>a<td>b<tr><td>c<td>d</table>'),
    find: aloud('tables have names and headers') },
  { what: 'aloud: an error that nobody hears',
    plant: putHtml('<p><label>Tag <input aria-invalid="true"></label></p>'),
    find: aloud('errors are tied to their fields and announced') },
  { what: 'aloud: done, and not said first', plant: putHtml('<p role="status">Gespeichert.</p>'),
    find: aloud('what has been done is said first') },
  { what: 'axe: pale text', plant: putStyle('main p { color: #ccc !important }'),
    find: violations },
  { what: 'axe: pale text at night', state: DARK,
    plant: putStyle('main p { color: #555 !important }'), find: violations },
  { what: 'axe: a control without a label', plant: putHtml('<input type="text">'),
    find: violations },
  { what: 'axe: a picture without words',
    plant: putHtml('<img src="/favicon.svg" width="20" height="20">'), find: violations },
  { what: 'axe: a target too small on a phone', state: NARROW,
    plant: putHtml('<p><button class="x">a</button><button class="x">b</button></p>'),
    also: putStyle('.x { all: unset; inline-size: 9px; block-size: 9px }'), find: violations },
  { what: 'outline: a level left out', plant: putHtml('<h5>Titel</h5>'), find: outline },
  { what: 'outline: two h1', plant: putHtml('<h1>Titel</h1>'), find: outline },
  { what: 'overflow: too wide for a phone', state: NARROW,
    plant: putHtml('<p>'.concat('x'.repeat(20), '</p>')),
    also: putStyle('main p:last-child { inline-size: 30rem }'), find: overflow },
  { what: 'keyboard: a stop without a name', plant: putHtml('<a href="/x"> </a>'),
    also: putStyle('main > a { display: block; block-size: 2rem }'),
    find: tab('every stop has a name') },
  { what: 'keyboard: a focus that nobody sees',
    plant: putStyle(':focus-visible { outline: none !important; box-shadow: none !important }'),
    find: tab('every stop shows its focus') },
  { what: 'keyboard: an order of its own', plant: putHtml('<a href="/x" tabindex="3">x</a>'),
    find: tab('in page order', 'every control is reached') },
  { what: 'keyboard: a stop under something',
    plant: putHtml('<div class="lid"></div><p><a href="/x">darunter</a></p>'),
    also: putStyle('.lid { position: fixed; inset: 0; z-index: 99 }'),
    find: tab('no stop is covered') },
  { what: 'keyboard: a trap', plant: async (page) => page.evaluate(() => {
    const field = document.querySelector('main input[type=email]');
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Tab') event.preventDefault();
    });
  }), find: tab('Tab leads out again', 'every control is reached') },
];

// What the browser itself must have complained about, by kind.
const HEARD = [
  { what: 'policy: a script in the page', kind: 'console', plant: (page) => page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.planted = 1';
    document.body.append(script);
  }) },
  { what: 'policy: a style in the page', kind: 'console',
    plant: putHtml('<p style="color: red">x</p>') },
  { what: 'elsewhere: a picture of a third party', kind: 'foreign',
    plant: putHtml('<img alt="" src="https://example.invalid/x.png">') },
  { what: 'missing: an address of ours that is not there', kind: 'broken',
    plant: putHtml('<img alt="" src="/assets/gibt-es-nicht.svg">') },
];

async function fault(browser, f) {
  const page = await visitor(browser, 'anyone');
  await show(page, f.state ?? WIDE);
  await page.goto(PAGE);
  none(await f.find(page), `${f.what}: not there before`);
  await page.goto(PAGE);
  await f.plant(page);
  if (f.also) await f.also(page);
  const found = await f.find(page);
  check(found.length > 0, `${f.what}: found`);
  await page.context().close();
}

async function heard(browser, f) {
  const page = await visitor(browser, 'anyone');
  const ears = listen(page);
  await page.goto(PAGE);
  none(ears[f.kind], `${f.what}: not there before`);
  await f.plant(page);
  await page.waitForTimeout(300);
  check(ears[f.kind].length > 0, `${f.what}: found`);
  await page.context().close();
}

// The HTML checker is a program of its own.
function markup() {
  const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
  const html = '<!doctype html><html lang="de"><title>x</title><body><p><div>x</div></p></body>';
  const run = spawnSync('java', ['-jar', jar, '--format', 'json', '-'],
    { input: html, encoding: 'utf8' });
  const errors = JSON.parse(run.stderr).messages.filter((m) => m.type === 'error');
  check(errors.length > 0, 'markup: a block within a paragraph: found');
}

// The stories are programs of their own, too: when nobody reads the mails they must end badly.
function lostMails(story) {
  const walk = spawnSync('node', [`${story}.mjs`],
    { env: { ...process.env, TANDEM_PLANTED: 'lost' }, encoding: 'utf8' });
  check(walk.status !== 0 && /^not ok \d/m.test(walk.stdout), `${story}: lost mails: found`,
    [walk.stdout]);
}

const browser = await launch();
const stuck = (f) => (error) => check(false, `${f.what}: can be tried`, [error.message]);
for (const f of FAULTS) await fault(browser, f).catch(stuck(f));
for (const f of HEARD) await heard(browser, f).catch(stuck(f));
markup();
lostMails('life');
lostMails('day');
await browser.close();
done();

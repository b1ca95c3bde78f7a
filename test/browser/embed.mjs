// SPDX-License-Identifier: EUPL-1.2
// A partner's page on another origin: the office sets the partner up, its markup goes into a page
// of another server, and the frame shows the offers there, without a script, a cookie or a request
// to anybody else. On a site that is not the partner's the browser shows nothing.
import { createServer } from 'node:http';
import { base, check, city, done, launch, mayEnter, none, skip, visitor } from './lib.mjs';
import { outline, overflow, violations } from './looks.mjs';

const WIDTHS = [240, 320, 800];

// A site of its own that answers every address with this page.
function site(html) {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="de"><title>Partner</title><body>
      <main><h1>Verein</h1>${html()}</main></body></html>`);
  });
  return new Promise((ready) => {
    server.listen(0, '127.0.0.1', () => ready({ server, port: server.address().port }));
  });
}

async function setUp(browser, origin) {
  const page = await visitor(browser, 'office');
  await page.goto(`${base}/${city}/buero/einbettungen/neu`);
  await page.locator('#name').fill('Musterverein');
  await page.locator('#origins').fill(origin);
  await page.locator('#per').fill('5');
  await page.locator('input[name=shows][value=both]').check();
  await page.locator('#accent').fill('#7a1f5c');
  await Promise.all([page.waitForNavigation(),
    page.locator('main form[novalidate] [type=submit]').click()]);
  const code = await page.locator('#code').inputValue();
  const preview = page.frameLocator('iframe').locator('.e-row').first();
  await preview.waitFor({ timeout: 10000 }).catch(() => {});
  check(await preview.count() === 1, 'the office sees how it looks');
  return { page, code };
}

async function frame(page) {
  await page.locator('iframe').scrollIntoViewIfNeeded();
  await page.frameLocator('iframe').locator('.e-from').waitFor({ timeout: 10000 });
  return page.frames().find((one) => one.url().includes('/einbetten/'));
}

async function looks(page, width) {
  await page.setViewportSize({ width: width + 40, height: 900 });
  await page.locator('iframe').evaluate((one, px) => { one.style.width = `${px}px`; }, width);
  const shown = await frame(page);
  none(await overflow(shown), `${width}: nothing sticks out of the frame`);
  none(await outline(shown), `${width}: outline`);
}

// By itself: nothing runs in a frame without scripts, axe neither.
async function alone(browser, url) {
  const page = await visitor(browser, 'anyone');
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 700 });
    await page.goto(url);
    none(await violations(page), `${width}: axe`);
  }
  await page.context().close();
}

async function onPartnersPage(browser, url) {
  const page = await visitor(browser, 'anyone');
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  await page.goto(url);
  let shown = await frame(page);
  check(await shown.locator('.e-row').count() === 5, 'the partner shows five offers');
  check(await shown.locator('.e-map a').count() > 1, 'the map has markers that are links');
  const colour = await shown.locator('.e-row a').first()
    .evaluate((a) => getComputedStyle(a).color);
  check(colour === 'rgb(122, 31, 92)', 'in the partner’s colour', [colour]);
  check(await shown.evaluate(() => [...document.fonts].some((f) => f.status === 'loaded')),
    'with the typeface of the town');
  const ours = [new URL(url).origin, new URL(base).origin];
  none(asked.filter((origin) => !ours.includes(origin)), 'nobody else is asked');
  none((await page.context().cookies()).map((c) => c.name), 'no cookie');
  for (const width of WIDTHS) await looks(page, width);
  shown = await frame(page);
  await shown.locator('.e-pages a[rel=next]').click();
  await shown.locator('.e-pages a[rel=prev]').waitFor({ timeout: 10000 });
  check(page.url() === url, 'the next page comes inside the frame');
  const [offer] = await Promise.all([page.context().waitForEvent('page'),
    shown.locator('.e-row a').first().click()]);
  await offer.waitForLoadState('load');
  check(new URL(offer.url()).pathname.startsWith(`/${city}/angebote/`)
    && await offer.locator('h1').count() === 1, 'an offer opens in a window of its own',
  [offer.url()]);
  await page.context().close();
  await alone(browser, shown.url());
}

async function onForeignPage(browser, url) {
  const page = await visitor(browser, 'anyone');
  const said = [];
  page.on('console', (line) => said.push(line.text()));
  await page.goto(url);
  await page.locator('iframe').scrollIntoViewIfNeeded();
  await page.waitForTimeout(1500);
  check(said.some((line) => line.includes('frame-ancestors')),
    'on another site the browser refuses the frame', said);
  await page.context().close();
}

async function paused(office, browser, url) {
  await Promise.all([office.waitForNavigation(),
    office.locator('button[name=step][value=pause]').click()]);
  const page = await visitor(browser, 'anyone');
  await page.goto(url);
  const shown = await frame(page);
  check(await shown.locator('.e-row').count() === 0
    && await shown.locator('.e-button').count() === 1, 'a pause: a sentence and a link');
  await page.context().close();
}

if (!mayEnter()) {
  skip('embedding', 'nobody to sign in as');
} else {
  const browser = await launch();
  let code = '';
  const partner = await site(() => code);
  const foreign = await site(() => code);
  const url = `http://localhost:${partner.port}/seite`;
  const office = await setUp(browser, `http://localhost:${partner.port}`);
  code = office.code;
  await onPartnersPage(browser, url);
  await onForeignPage(browser, `http://localhost:${foreign.port}/seite`);
  await paused(office.page, browser, url);
  await browser.close();
  partner.server.close();
  foreign.server.close();
}
done();

// SPDX-License-Identifier: EUPL-1.2
// The map: drawn without any internet, worked by keyboard, small on the page of an offer; and with
// a town's own tiles, which its map may fetch and nobody else's.
import { base, check, city, done, launch, mayEnter, none, settle, show, skip, visitor }
  from './lib.mjs';
import { pressTo } from './keys.mjs';
import { listen } from './looks.mjs';

const OTHER_CITY = process.env.TANDEM_OTHER_CITY ?? 'lueneburg';
const DESKTOP = { theme: 'light', size: { width: 1280, height: 900 } };
const TILES = 'https://karten.example/stadt/{z}/{x}/{y}.png';

const visible = (page, selector) => page.locator(selector).filter({ visible: true }).count();

async function withoutInternet(page) {
  await page.goto(`${base}/${city}/karte`);
  await settle(page);
  await page.locator('.t-map__name--district').first().waitFor({ state: 'visible' });
  check(await visible(page, '.t-map__name') >= 3, 'names of town and districts are to be read');
  const counts = await page.locator('.t-map__dot').allInnerTexts();
  const shown = counts.reduce((sum, text) => sum + (Number(text) || 1), 0);
  check(shown >= 10, 'the dots stand for the offers', [counts.join(' ')]);
  check(await page.locator('.t-row').count() >= 10, 'the list stands beside it');
}

async function byKeyboard(page) {
  await page.goto(`${base}/${city}/karte`);
  await settle(page);
  await pressTo(page, '.t-map__dot--one');
  await page.keyboard.press('Enter');
  const link = page.locator('.t-map__card a').first();
  await link.waitFor();
  check(await link.evaluate((a) => a === document.activeElement), 'Enter on a dot: its offer');
  await page.keyboard.press('Escape');
  check(await page.locator('.t-map__card').count() === 0
    && await page.locator('.t-map__dot:focus').count() === 1, 'Escape: back to the dot');
}

async function ofAnOffer(page) {
  await page.goto(`${base}/${city}/angebote?q=vorlesen`);
  await page.locator('.t-row__title a').first().click();
  await pressTo(page, '.t-whereabouts > summary');
  await page.keyboard.press('Enter');
  await page.locator('.t-map__here').waitFor({ timeout: 20000 });
  check(true, 'an offer has a small map of its own, with its place marked');
}

async function setTiles(office, value) {
  await office.goto(`${base}/${city}/buero/stadt`);
  await office.locator('#tiles').fill(value);
  await Promise.all([office.waitForNavigation(),
    office.locator('main form button[type=submit]').first().click()]);
}

async function tilesAsked(page, path) {
  const asked = [];
  const tile = await page.screenshot({ clip: { x: 0, y: 0, width: 256, height: 256 } });
  await page.context().route('https://karten.example/**', (route) => {
    asked.push(route.request().url());
    return route.fulfill({ contentType: 'image/png', body: tile,
      headers: { 'access-control-allow-origin': '*' } });
  });
  await page.goto(base + path);
  await settle(page);
  await page.waitForTimeout(1000);
  await page.context().unrouteAll();
  return asked;
}

async function ownTiles(browser) {
  const office = await visitor(browser, 'office');
  await setTiles(office, TILES);
  const page = await visitor(browser, 'anyone');
  await show(page, DESKTOP);
  const heard = listen(page);
  const asked = await tilesAsked(page, `/${city}/karte`);
  check(asked.length > 0, "the town's own tiles are fetched");
  check(asked.every((url) => /\/stadt\/\d+\/\d+\/\d+\.png$/.test(url)), 'by their numbers', asked);
  none(heard.console, 'its map keeps the policy');
  none(await tilesAsked(page, `/${OTHER_CITY}/karte`), 'not by the map of another town');
  // Somebody plants a picture of that host: other pages of the town do not fetch it.
  heard.console.length = 0;
  await page.goto(`${base}/${city}/angebote`);
  await page.evaluate((src) => document.body.append(Object.assign(new Image(), { src })),
    'https://karten.example/stadt/1/1/1.png');
  await page.waitForTimeout(300);
  check(heard.console.some((line) => line.includes('Content Security Policy')),
    'not by another page of the town', heard.console);
  await page.context().close();
  await setTiles(office, '');
  await office.context().close();
}

const browser = await launch();
const page = await visitor(browser, 'anyone');
await show(page, DESKTOP);
const heard = listen(page);
for (const part of [withoutInternet, byKeyboard, ofAnOffer])
  await part(page).catch((error) => check(false, `${part.name}: can be done`, [error.message]));
none([...heard.console, ...heard.foreign, ...heard.broken], 'nothing from elsewhere, no complaint');
if (mayEnter()) await ownTiles(browser);
else skip('own tiles', 'nobody may sign in');
await browser.close();
done();

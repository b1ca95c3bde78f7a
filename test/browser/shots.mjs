// SPDX-License-Identifier: EUPL-1.2
// Pictures for people. With a folder alone: the four of the README, into doc/img, of the demo's
// data. With `all`: every page at three widths, light and dark, to be looked at by eye.
//
//     test/browser/run.sh build shots            # doc/img
//     SHOTS=all test/browser/run.sh build shots  # build/browser/screenshots
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { base, city, done, fileName, inParallel, launch, none, open, pages, settle, show, visitor }
  from './lib.mjs';

const SIZES = [
  { theme: 'light', size: { width: 320, height: 640 } },
  { theme: 'light', size: { width: 768, height: 1024 } },
  { theme: 'light', size: { width: 1440, height: 900 } },
  { theme: 'dark', size: { width: 1440, height: 900 } },
];

const DESKTOP = { theme: 'light', size: { width: 1280, height: 860 } };
const PHONE = { theme: 'light', size: { width: 390, height: 844 }, scale: 2 };
const README = [
  { name: 'home', path: `/${city}/`, who: 'anyone', state: DESKTOP },
  { name: 'offers-phone', path: `/${city}/angebote?q=Kinder#ergebnis`, who: 'anyone',
    state: PHONE },
  { name: 'offer', path: `/${city}/angebote?q=vorlesen`, who: 'anyone', state: DESKTOP,
    then: '.t-rows .t-row__title a' },
  { name: 'office', path: `/${city}/buero/angebote`, who: 'office', state: DESKTOP },
];

async function everyPage(browser, out) {
  for (const { theme, size } of SIZES)
    mkdirSync(`${out}/screenshots/${size.width}-${theme}`, { recursive: true });
  await inParallel(browser, await pages(browser), async (page, job) => {
    for (const state of SIZES) {
      await show(page, state);
      await open(page, job, process.env.SHOTS_LANG);
      const folder = `${out}/screenshots/${state.size.width}-${state.theme}`;
      await page.screenshot({ path: `${folder}/${fileName(job.name)}.png`, fullPage: true });
    }
    none([], `${job.name}: pictures`);
  });
}

async function readme(browser, out) {
  mkdirSync(out, { recursive: true });
  for (const shot of README) {
    // isMobile: no room is kept for a scroll bar.
    const page = await visitor(browser, shot.who,
      { deviceScaleFactor: shot.state.scale ?? 1, isMobile: true });
    await show(page, shot.state);
    await page.goto(base + shot.path);
    if (shot.then) await page.locator(shot.then).first().click();
    await settle(page);
    await page.screenshot({ path: path.join(out, `${shot.name}.png`) });
    none([], `${shot.name}.png`);
    await page.context().close();
  }
}

const browser = await launch();
if (process.env.SHOTS === 'all') await everyPage(browser, process.argv[2]);
else await readme(browser, fileURLToPath(new URL('../../doc/img', import.meta.url)));
await browser.close();
done();

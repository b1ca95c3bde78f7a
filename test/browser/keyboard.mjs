// SPDX-License-Identifier: EUPL-1.2
// Every page by the Tab key alone: each control is reached once, in the order of the page, has a
// name, shows that it has the focus and is not covered; the walk ends where it began.
import { done, inParallel, launch, none, open, pages, show } from './lib.mjs';
import { fromTheTop, tabThrough } from './keys.mjs';

const WIDE = { theme: 'light', size: { width: 1280, height: 800 } };

async function visit(page, job) {
  await show(page, WIDE);
  await open(page, job);
  const problems = await tabThrough(page);
  for (const [demand, list] of Object.entries(problems)) none(list, `${job.name}: ${demand}`);
}

// The first stop leads past the navigation. A page that stands in another site's frame has none.
async function skipLink(page, job) {
  if (!await page.locator('.t-header').count()) return;
  await fromTheTop(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const target = await page.evaluate(() => new URL(location.href).hash.slice(1));
  const inMain = target && await page.evaluate((id) => {
    const e = document.getElementById(id);
    return Boolean(e?.closest('main') || e?.querySelector('main'));
  }, target);
  none(inMain ? [] : [`leads to "#${target}"`], `${job.name}: the skip link leads to the content`);
}

const browser = await launch();
await inParallel(browser, await pages(browser), async (page, job) => {
  await visit(page, job);
  await skipLink(page, job);
});
await browser.close();
done();

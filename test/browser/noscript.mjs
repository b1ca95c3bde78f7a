// SPDX-License-Identifier: EUPL-1.2
// Every page without script: it says what it is about, its links and forms lead somewhere, and
// nothing waits for a script to appear.
import { arrived, check, done, inParallel, launch, none, open, pages } from './lib.mjs';

async function visit(page, job) {
  const answer = await open(page, job);
  none(arrived(page, job, answer), `${job.name}: is the page`);
  const heading = await page.locator('h1').first().innerText();
  check(heading.trim().length > 1, `${job.name}: has a visible heading`);
  const text = await page.locator('main').innerText();
  check(text.trim().length > 40, `${job.name}: has visible content`, [text]);
  const dead = await page.$$eval('a', (all) => all.filter((a) => a.checkVisibility?.() !== false
    && (!a.getAttribute('href') || a.getAttribute('href') === '#' || a.protocol === 'javascript:'))
    .map((a) => a.outerHTML.slice(0, 120))).catch((error) => [error.message]);
  none(dead, `${job.name}: every link leads somewhere`);
  const buttons = await page.$$eval('button', (all) => all
    .filter((b) => b.getClientRects().length && !b.form && !b.closest('summary,dialog'))
    .map((b) => b.outerHTML.slice(0, 120)));
  none(buttons, `${job.name}: no visible button needs a script`);
}

const browser = await launch();
const list = await pages(browser);
await inParallel(browser, list, visit, { javaScriptEnabled: false });
await browser.close();
done();

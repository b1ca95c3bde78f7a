// SPDX-License-Identifier: EUPL-1.2
// Every page by the Tab key alone: each control is reached once, in the order of the page, has a
// name, shows that it has the focus and is not covered; the walk ends where it began.
import { base, done, inParallel, launch, none, pages } from './lib.mjs';

const MOST_STOPS = 600;

// Numbers everything that Tab should reach; a group of radio buttons is one stop.
function number() {
  const groups = new Set();
  let n = 0;
  const controls = 'a[href],button,input,select,textarea,summary,[tabindex],iframe,audio,video';
  for (const e of document.querySelectorAll(controls)) {
    const shown = e.checkVisibility({ checkVisibilityCSS: true }) && e.getClientRects().length > 0;
    const can = !e.disabled && e.tabIndex >= 0 && e.type !== 'hidden' && !e.closest('[inert]');
    if (!shown || !can) continue;
    if (e.type === 'radio') {
      const group = `${e.form?.id}/${e.name}`;
      if (groups.has(group)) continue;
      groups.add(group);
    }
    e.dataset.stop = n++;
  }
  return n;
}

// What there is to say of the element that has the focus; null: the page itself has it.
function stop() {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const radios = e.type === 'radio' && e.name
    ? [...document.getElementsByName(e.name)].find((r) => r.dataset.stop !== undefined) : null;
  const style = getComputedStyle(e);
  const label = e.labels?.[0];
  const styles = [style, ...(label ? [getComputedStyle(label)] : [])];
  const seen = styles.some((s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)
    || s.boxShadow !== 'none');
  const box = e.getBoundingClientRect();
  const x = box.x + Math.min(box.width / 2, 40);
  const top = document.elementFromPoint(x, box.y + box.height / 2);
  const covered = box.width > 1 && top && !e.contains(top) && !top.contains(e)
    && !label?.contains(top);
  const name = (e.getAttribute('aria-label') || label?.innerText || e.innerText || e.title
    || e.querySelector?.('img[alt],svg[aria-label]')?.getAttribute('alt') || e.value
    || document.getElementById(e.getAttribute('aria-labelledby') ?? '')?.innerText || '').trim();
  return { at: Number((radios ?? e).dataset.stop ?? -1), name, seen, covered,
    what: [e.tagName.toLowerCase(), `"${name.slice(0, 40)}"`, e.getAttribute('href') ?? e.name]
      .join(' ') };
}

async function walk(page) {
  const stops = [];
  for (let i = 0; i < MOST_STOPS; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(stop);
    // Behind the last control comes the page itself, or at once the first control again.
    if (!at || (i > 0 && at.at === stops[0].at)) return { stops, ended: true };
    stops.push(at);
  }
  return { stops, ended: false };
}

// A page may give the focus to its error summary: the walk begins at the top all the same.
function fromTheTop() {
  const first = document.createElement('span');
  first.tabIndex = -1;
  document.body.prepend(first);
  first.focus();
  first.remove();
}

async function visit(page, job) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(base + job.path, { waitUntil: 'load' });
  await page.evaluate(fromTheTop);
  const expected = await page.evaluate(number);
  const { stops, ended } = await walk(page);
  const say = (list) => list.map((s) => s.what);
  none(ended ? [] : ['the focus does not come back'], `${job.name}: Tab leads out again`);
  none(say(stops.filter((s) => !s.name)), `${job.name}: every stop has a name`);
  none(say(stops.filter((s) => !s.seen)), `${job.name}: every stop shows its focus`);
  none(say(stops.filter((s) => s.covered)), `${job.name}: no stop is covered`);
  none(say(stops.filter((s, i) => i > 0 && s.at <= stops[i - 1].at)), `${job.name}: in page order`);
  const reached = new Set(stops.map((s) => s.at));
  const missed = Array.from({ length: expected }, (_, n) => n).filter((n) => !reached.has(n));
  const names = await page.evaluate((list) => list.map((n) =>
    document.querySelector(`[data-stop="${n}"]`)?.outerHTML.slice(0, 120)), missed);
  none(names, `${job.name}: every control is reached`);
}

// The first stop leads past the navigation.
async function skipLink(page, job) {
  await page.goto(base + job.path, { waitUntil: 'load' });
  await page.evaluate(fromTheTop);
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

// SPDX-License-Identifier: EUPL-1.2
// The Tab key on an open page: what it reaches, and what is wrong with the way.
// Neighbours: keyboard.mjs (every page), tasks.mjs, planted.mjs.

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
  // Where one would begin to type: of a large field the browser brings only that into sight. Of
  // a frame as high as the window (a long table) it may bring nothing: its middle must be seen.
  const x = box.x + Math.min(box.width / 2, 40);
  const y = box.height > innerHeight / 2
    ? (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2
    : box.y + Math.min(box.height / 2, 20);
  const top = document.elementFromPoint(x, y);
  const covered = box.width > 1 && top && !e.contains(top) && !top.contains(e)
    && !label?.contains(top);
  const name = (e.getAttribute('aria-label') || label?.innerText || e.innerText || e.title
    || e.querySelector?.('img[alt],svg[aria-label]')?.getAttribute('alt') || e.value
    || document.getElementById(e.getAttribute('aria-labelledby') ?? '')?.innerText || '').trim();
  const by = covered ? `under ${top.tagName.toLowerCase()}.${top.className}` : '';
  return { at: Number((radios ?? e).dataset.stop ?? -1), name, seen, covered,
    what: [e.tagName.toLowerCase(), `"${name.slice(0, 40)}"`, e.getAttribute('href') ?? e.name]
      .concat(by).join(' ').trim() };
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
function focusTop() {
  const first = document.createElement('span');
  first.tabIndex = -1;
  document.body.prepend(first);
  first.focus();
  first.remove();
}

export function fromTheTop(page) {
  return page.evaluate(focusTop);
}

// Tabs through the whole page; gives, for each demand, the list of what does not meet it.
export async function tabThrough(page) {
  await fromTheTop(page);
  const expected = await page.evaluate(number);
  const { stops, ended } = await walk(page);
  const say = (list) => list.map((s) => s.what);
  const reached = new Set(stops.map((s) => s.at));
  const missed = Array.from({ length: expected }, (_, n) => n).filter((n) => !reached.has(n));
  const names = await page.evaluate((list) => list.map((n) =>
    document.querySelector(`[data-stop="${n}"]`)?.outerHTML.slice(0, 120)), missed);
  return {
    'Tab leads out again': ended ? [] : ['the focus does not come back'],
    'every stop has a name': say(stops.filter((s) => !s.name)),
    'every stop shows its focus': say(stops.filter((s) => !s.seen)),
    'no stop is covered': say(stops.filter((s) => s.covered)),
    'in page order': say(stops.filter((s, i) => i > 0 && s.at <= stops[i - 1].at)),
    'every control is reached': names,
  };
}

// Tabs on until the element has the focus; throws when Tab never comes
// there. A selector in Playwright's notation; its first match counts.
export async function pressTo(page, selector) {
  const wanted = page.locator(selector).first();
  await wanted.waitFor({ state: 'visible', timeout: 5000 });
  for (let i = 0; i < MOST_STOPS; i++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((e) => e === document.activeElement)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

// Tabs to a field and types, instead of what stood there.
export async function typeInto(page, selector, value) {
  await pressTo(page, selector);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(value);
}

// SPDX-License-Identifier: EUPL-1.2
// What can be wrong with an open page, seen from outside; each gives a list of problems, empty
// when all is well. Neighbours: walk.mjs asks them of every page, planted.mjs of planted faults.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { base } from './lib.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Collects what a browser complains about while a page is open.
export function listen(page) {
  const heard = { console: [], foreign: [], broken: [] };
  page.on('console', (m) => {
    if (m.text().includes('GL Driver Message')) return; // a software renderer's remark on its speed
    if (m.type() === 'error' || m.type() === 'warning') heard.console.push(m.text());
  });
  page.on('pageerror', (error) => heard.console.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${base}/`) && !/^(data|blob):/.test(url)) heard.foreign.push(url);
  });
  page.on('response', (r) => {
    if (r.status() >= 400) heard.broken.push(`${r.status()} ${r.url()}`);
  });
  page.on('requestfailed', (r) => heard.broken.push(`${r.failure()?.errorText} ${r.url()}`));
  return heard;
}

// One h1, no level left out, the language said, a title.
function outlineHere() {
  const problems = [];
  const headings = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')];
  const levels = headings.map((h) => Number(h.tagName[1]));
  const ones = levels.filter((level) => level === 1).length;
  if (ones !== 1) problems.push(`${ones} h1`);
  levels.reduce((before, level) => {
    if (level > before + 1) problems.push(`h${level} after h${before}`);
    return level;
  }, 0);
  if (!document.title.trim()) problems.push('no title');
  if (document.querySelectorAll('main').length !== 1) problems.push('not exactly one main');
  return problems;
}

export function outline(page) {
  return page.evaluate(outlineHere);
}

// What sticks out of the window sideways.
function overflowHere() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll('*')].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.right > width + 1 && getComputedStyle(e).position !== 'fixed';
  });
  return wide.slice(-5).map((e) => `${e.tagName.toLowerCase()}.${e.className} sticks out`)
    .concat(`${document.documentElement.scrollWidth} of ${width} pixels`);
}

export function overflow(page) {
  return page.evaluate(overflowHere);
}

// All rules of axe, at the state that the page is in.
export async function violations(page) {
  if (!await page.evaluate(() => Boolean(window.axe))) await page.evaluate(axe);
  const options = { runOnly: rules, resultTypes: ['violations'], preload: false };
  const found = await page.evaluate((asked) => axe.run(document, asked), options);
  return found.violations.flatMap((v) =>
    v.nodes.map((node) => `${v.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}

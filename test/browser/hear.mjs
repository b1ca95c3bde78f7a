// SPDX-License-Identifier: EUPL-1.2
// The accessibility tree of an open page as a list in reading order, and what is wrong with it.
// Neighbours: aloud.mjs (the screens), planted.mjs (that each demand sees its fault).

const CONTROLS = ['button', 'link', 'textbox', 'searchbox', 'combobox', 'listbox', 'checkbox',
  'radio', 'switch', 'slider', 'spinbutton', 'menuitem', 'tab', 'DisclosureTriangle'];
const LANDMARKS = ['banner', 'main', 'contentinfo', 'navigation', 'complementary', 'search',
  'region', 'form'];
// Names that say nothing without what stands around them.
const EMPTY_WORDS =
  /^(hier|mehr|weiter|link|klicken|ok|los|details|öffnen|ändern|löschen|…|>+|<+)$/i;

const value = (node, what) => node.properties?.find((p) => p.name === what)?.value.value;

function entry(node, within) {
  const states = ['level', 'required', 'invalid', 'checked', 'expanded', 'disabled', 'live']
    .map((name) => [name, value(node, name)])
    .filter(([, v]) => v !== undefined && v !== false && v !== 'false' && v !== 'off');
  return { id: node.backendDOMNodeId, role: node.role?.value ?? '', within, children: [],
    name: (node.name?.value ?? '').replace(/\s+/g, ' ').trim(),
    about: (node.description?.value ?? '').replace(/\s+/g, ' ').trim(),
    value: String(node.value?.value ?? '').slice(0, 80), focused: value(node, 'focused') === true,
    states: Object.fromEntries(states) };
}

// Ignored nodes hand on their children. `within` is the landmark that something stands in.
function read(byId, id, within, into) {
  const node = byId.get(id);
  if (!node) return;
  let inside = into;
  let here = within;
  if (!node.ignored && node.role?.value !== 'InlineTextBox') {
    const e = entry(node, within);
    into.push(e);
    inside = e.children;
    if (LANDMARKS.includes(e.role)) here = node.nodeId;
  }
  for (const child of node.childIds ?? []) read(byId, child, here, inside);
}

const flat = (list) => list.flatMap((e) => [e, ...flat(e.children)]);
const textOf = (e) => [e.role === 'StaticText' ? e.name : '', ...e.children.map(textOf)].join(' ')
  .replace(/\s+/g, ' ').trim();

// Where each link leads, so that two of one name may lead to one place.
async function targets(client, links) {
  const found = new Map();
  for (const link of links) {
    const { node } = await client.send('DOM.describeNode', { backendNodeId: link.id });
    const at = (node.attributes ?? []).indexOf('href');
    found.set(link, at >= 0 ? node.attributes[at + 1] : '');
  }
  return found;
}

export async function listenTo(page) {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const tree = [];
  read(byId, nodes.find((node) => !node.parentId)?.nodeId, '', tree);
  const all = flat(tree);
  const where = await targets(client, all.filter((e) => e.role === 'link'));
  await client.detach();
  return { all, where, title: await page.title(),
    told: all.filter((e) => e.role === 'status').map(textOf).join(' '),
    live: all.filter((e) => ['status', 'alert', 'log'].includes(e.role) && textOf(e)),
    wrong: all.filter((e) => e.states.invalid && CONTROLS.concat('group', 'radiogroup')
      .includes(e.role)) };
}

// What only holds others together, or is said with them.
const QUIET = ['none', 'generic', 'RootWebArea', 'LineBreak', 'ListMarker', 'LabelText', 'list',
  'listitem', 'paragraph', 'MenuListPopup', 'option', 'LayoutTable', 'LayoutTableRow',
  'LayoutTableCell', 'group', 'term', 'definition', 'rowgroup', 'strong', 'time'];

// One line for each thing, as it is read: its kind, its name, its state, what is said about it.
export function transcript(heard) {
  const lines = [`page "${heard.title}"`];
  let before = '';
  for (const e of heard.all) {
    const said = e.role === 'StaticText' && (!e.name || before.includes(e.name));
    if (said || (QUIET.includes(e.role) && !e.states.invalid)) continue;
    const states = Object.entries(e.states).map(([k, v]) => (v === true || v === 'true' ? k
      : `${k} ${v}`));
    before = `${e.name} ${e.about} ${e.value}`;
    lines.push([e.role === 'StaticText' ? 'text' : e.role, e.name && `"${e.name}"`,
      ...states, e.value && e.value !== e.name && `= ${e.value}`, e.about && `(${e.about})`,
      e.focused && '<- focus'].filter(Boolean).join(' '));
  }
  return `${lines.join('\n')}\n`;
}

// ---- what must hold ----

const say = (e) => `${e.role} "${e.name}"`;
const isControl = (e) => CONTROLS.includes(e.role);

function unnamed({ all }) {
  return all.filter((e) => isControl(e) && !e.name).map(say);
}

function emptyWords({ all }) {
  return all.filter((e) => isControl(e) && EMPTY_WORDS.test(e.name)).map(say);
}

// In one landmark two links of one name lead to one place, or say how they differ; two fields or
// buttons of one name cannot be told apart.
function doubled({ all, where }) {
  const kinds = ['link', 'button', 'textbox', 'searchbox', 'combobox', 'checkbox'];
  const seen = new Map();
  const problems = [];
  for (const e of all.filter((one) => kinds.includes(one.role))) {
    const key = [e.within, say(e), e.about].join();
    const leads = where.get(e)?.split(/[?#]/)[0];
    if (seen.has(key) && (e.role !== 'link' || seen.get(key) !== leads))
      problems.push(`${say(e)} ${leads ?? ''}`);
    else seen.set(key, leads);
  }
  return problems;
}

function landmarks({ all }) {
  const problems = ['main', 'banner', 'contentinfo'].flatMap((role) => {
    const n = all.filter((e) => e.role === role).length;
    return n === 1 ? [] : [`${n} times ${role}`];
  });
  // A form without a name is none.
  const named = all.filter((e) => LANDMARKS.includes(e.role) && (e.role !== 'form' || e.name))
    .map(say);
  return problems.concat(named.filter((name, i) => named.indexOf(name) !== i)
    .map((name) => `twice: ${name}`));
}

function headings({ all }) {
  const levels = all.filter((e) => e.role === 'heading').map((e) => [e.states.level, say(e)]);
  const problems = levels.filter(([level, name], i) =>
    level > (i ? levels[i - 1][0] : 0) + 1 || name.endsWith('""'))
    .map(([level, name]) => `${level} ${name}`);
  const tops = levels.filter(([level]) => level === 1).length;
  return tops === 1 ? problems : [`${tops} headings of level 1`, ...problems];
}

// A table has a name, every column a header, and every row of data one that says whose it is.
function tables({ all }) {
  return all.filter((e) => e.role === 'table').flatMap((table) => {
    const inside = flat(table.children);
    const rows = inside.filter((e) => e.role === 'row');
    const cells = (row) => flat(row.children).filter((e) => /^(cell|gridcell)$/.test(e.role));
    const heads = (row, role) => flat(row.children).some((e) => e.role === role);
    const bare = rows.filter((row) => cells(row).length && !heads(row, 'rowheader'));
    return [
      ...(table.name ? [] : ['a table without a name']),
      ...(inside.some((e) => e.role === 'columnheader') ? []
        : [`${say(table)}: no column headers`]),
      ...bare.slice(0, 1).map(() => `${say(table)}: a row without a header`)];
  });
}

// What is wrong says so at its field, and the page says it at once, where the focus is.
function errors({ all, wrong, title, live }) {
  if (!wrong.length) return [];
  const summary = live.find((e) => e.role === 'alert');
  return [
    ...wrong.filter((e) => !e.about).map((e) => `${say(e)}: nothing says why`),
    ...(summary ? [] : ['no alert']),
    ...(summary && flat([summary]).some((e) => e.focused) ? [] : ['the focus is not on the alert']),
    ...(title.startsWith('Fehler') ? [] : [`the title is "${title}"`]),
    ...(summary && wrong.length > flat([summary]).filter((e) => e.role === 'link').length
      ? ['the alert names fewer than are wrong'] : []),
    ...all.filter((e) => e.role === 'link' && !e.name).map(say)];
}

// What has been done is said where a new page begins, by its title, and can be read there again.
function done({ told, title }) {
  return told && !title.startsWith(told) ? [`the title is "${title}", told was "${told}"`] : [];
}

export function demands(heard) {
  return {
    'what has been done is said first': done(heard),
    'every control has a name': unnamed(heard),
    'names make sense alone': emptyWords(heard),
    'no two of one name': doubled(heard),
    'landmarks can be told apart': landmarks(heard),
    'headings are an outline': headings(heard),
    'tables have names and headers': tables(heard),
    'errors are tied to their fields and announced': errors(heard),
  };
}

import { bytes, classLink, commandLine, count, el, hint, objectLink, place, section, share, table } from './dom.js';

const DUMP = document.body.dataset.dump;
const OLDER = document.body.dataset.older;
const tare = (...words) => commandLine(['tare', 'heap', DUMP, ...words]);

async function ask(what, parameters = {}) {
  const answer = await fetch('api/' + what + '?' + new URLSearchParams(parameters));
  const text = await answer.text();
  if (!answer.ok) { throw new Error(text || 'no answer: is tare still running?'); }
  return JSON.parse(text);
}

let known;
const summary = () => known ??= ask('summary');

const sizes = whole => [
  { title: 'Shallow', number: true, show: row => bytes(row.shallowBytes), by: row => row.shallowBytes },
  { title: 'Retained', number: true, show: row => bytes(row.retainedBytes), by: row => row.retainedBytes ?? -1 },
  { title: 'Share', number: true, show: row => share(row.retainedBytes, whole), by: row => row.retainedBytes ?? -1 },
];

const objects = (lines, whole) => table([
  { title: 'Object', show: objectLink, by: row => row.class }, ...sizes(whole)], lines, 2).element;

const path = steps => el('ol', { class: 'x-path' }, steps.map(step => el('li', {},
  step.reference ? el('span', { class: 'reference' }, step.reference + ' ') : '', objectLink(step))));

export async function overview() {
  const heap = await summary();
  return [
    section('Heap', el('p', { class: 'sentence' }, bytes(heap.shallowBytes) + ' live in ' + count(heap.objects) + ' objects, '
      + bytes(heap.unreachable.shallowBytes) + ' unreachable'),
    hint(heap.dump.takenAt + ' · ' + bytes(heap.dump.fileBytes) + ' · ' + heap.dump.layout),
    heap.dump.truncated ? el('p', {}, 'The dump is cut off: what comes before the cut is analysed.') : '', tare()),
    section('Suspects', hint('Where much of the heap piles up. Growth over time would prove a leak.'),
      heap.suspects.length === 0 ? el('p', {}, 'Nothing piles up in one place.') : '',
      heap.suspects.map(suspect => el('div', {}, el('h3', {}, suspect.summary + ' (' + bytes(suspect.retainedBytes) + ')'),
        path(suspect.path), (suspect.otherHolders ?? []).map(way => [el('p', {}, 'and ' + way.holder), path(way.path)]).flat()))),
    heap.problems?.length ? section('Problems', el('ul', {}, heap.problems.map(problem =>
      el('li', {}, [problem.place, problem.message].filter(Boolean).join(': '))))) : '',
  ];
}

/** A step into the dominator tree, opened by a click or by the arrow keys. */
function holder(line, whole, level) {
  const children = el('ul', { role: 'group' });
  const item = el('li', { role: 'treeitem', 'aria-level': level, 'aria-expanded': 'false', tabindex: -1, on: { keydown: keys } });
  const toggle = el('button', { type: 'button', tabindex: -1, class: 'toggle', 'aria-label': 'open', on: { click: () => open() } }, '▸');
  const bar = el('span', { class: 'x-weight' });
  bar.style.width = Math.max(1, 100 * line.retainedBytes / Math.max(1, whole)) + '%';
  item.append(el('div', { class: 'x-row' }, toggle, objectLink(line), el('span', { class: 'n' },
    bytes(line.retainedBytes) + ' · ' + share(line.retainedBytes, whole)), el('span', { class: 'x-track' }, bar)), children);
  async function open(want = item.getAttribute('aria-expanded') === 'false') {
    if (want && !children.hasChildNodes()) { await fill(children, line.address, whole, level + 1); }
    item.setAttribute('aria-expanded', String(want));
    toggle.textContent = want ? '▾' : '▸';
  }
  function keys(event) {
    if (event.target !== item) { return; }
    const items = [...item.closest('[role=tree]').querySelectorAll('[role=treeitem]')].filter(one => one.offsetParent);
    const at = items.indexOf(item);
    const isOpen = item.getAttribute('aria-expanded') === 'true';
    const go = one => { if (one) { item.tabIndex = -1; one.tabIndex = 0; one.focus(); } };
    switch (event.key) {
      case 'ArrowDown': go(items[at + 1]); break;
      case 'ArrowUp': go(items[at - 1]); break;
      case 'ArrowRight': if (isOpen) { go(items[at + 1]); } else { open(true); } break;
      case 'ArrowLeft': if (isOpen) { open(false); } else { go(item.parentElement.closest('[role=treeitem]')); } break;
      case 'Enter': location.hash = place('object', line.address); break;
      default: return;
    }
    event.preventDefault();
  }
  return item;
}

async function fill(list, address, whole, level, from = 0) {
  const held = await ask('held', { address, from });
  list.append(...held.objects.map(line => holder(line, whole, level)));
  const next = from + held.objects.length;
  if (held.all === 0) { list.append(el('li', { class: 'hint' }, 'holds nothing else alone')); }
  if (next < held.all) {
    const more = el('li', {}, el('button', { type: 'button', on: { click: async () => {
      await fill(list, address, whole, level, next);
      more.remove();
    } } }, count(held.all - next) + ' more'));
    list.append(more);
  }
}

export async function holders() {
  const whole = (await summary()).shallowBytes;
  const tree = el('ul', { role: 'tree', class: 'x-tree', 'aria-label': 'Biggest holders' });
  await fill(tree, '0x0', whole, 1);
  const first = tree.querySelector('[role=treeitem]');
  if (first) { first.tabIndex = 0; }
  return [section('Biggest holders', hint('Each line holds what is below it, alone. Arrow keys open and close; Enter shows the object.'), tree)];
}

export async function classes() {
  const heap = await summary();
  const rows = table([
    { title: 'Class', show: row => classLink(row.class), by: row => row.class },
    { title: 'Objects', number: true, show: row => count(row.objects), by: row => row.objects }, ...sizes(heap.shallowBytes)],
  heap.histogram, 3);
  const found = el('span', { class: 'hint', role: 'status' }, count(heap.histogram.length) + ' classes');
  const search = el('input', { type: 'search', placeholder: 'Search classes  ( / )', 'aria-label': 'Search classes', id: 'search', on: { input: () => {
    const wanted = search.value.toLowerCase();
    const fits = row => row.class.toLowerCase().includes(wanted);
    rows.keep(fits);
    found.textContent = count(heap.histogram.filter(fits).length) + ' classes';
  } } });
  return [section('Classes', el('p', {}, search, ' ', found), rows.element, tare('--histogram'))];
}

const steps = (nodes, all) => el('ul', { class: 'x-path' }, nodes.map(node => el('li', {}, count(node.objects) + ' · '
  + share(node.objects, all) + '  ', node.reference ? el('span', { class: 'reference' }, node.reference + ' ') : '', node.class,
node.label ? el('span', { class: 'x-label' }, ' ' + node.label) : '', node.children ? steps(node.children, all) : '')));

export async function ofClass(name) {
  const [answer, heap] = await Promise.all([ask('class', { name }), summary()]);
  const query = 'SELECT * FROM ' + name + ' x ORDER BY x.@retainedHeapSize DESC';
  return [
    section(name, el('p', { class: 'sentence' }, count(answer.objects) + ' objects, ' + bytes(answer.shallowBytes)
      + (answer.retainedBytes === undefined || answer.retainedBytes === null ? '' : ', which hold ' + bytes(answer.retainedBytes) + ' together')),
    hint(answer.unreachable.objects > 0 ? count(answer.unreachable.objects) + ' more are unreachable' : ''),
    el('p', {}, el('a', { href: place('query', query) }, 'All its objects'), ' · ',
      el('a', { href: place('query', 'SELECT AS RETAINED SET * FROM ' + name) }, 'All that they hold together')),
    tare('--class', name)),
    section('Biggest', objects(answer.biggest, heap.shallowBytes)),
    section('Paths from the roots', steps(answer.paths, answer.objects)),
    answer.classObjects.length ? section('The class itself', objects(answer.classObjects, heap.shallowBytes)) : '',
  ];
}

function value(field) {
  const found = field.value;
  if (found === null || found === undefined) { return el('span', { class: 'x-label' }, 'null'); }
  return typeof found === 'object' ? objectLink(found) : String(found);
}

export async function object(address) {
  const [answer, heap] = await Promise.all([ask('object', { address }), summary()]);
  const whole = heap.shallowBytes;
  const isOne = line => line.address !== undefined;
  return [
    section(answer.class, el('p', { class: 'sentence' }, (answer.label ? answer.label + ' · ' : '') + bytes(answer.shallowBytes)
      + (answer.reachable ? ', holds ' + bytes(answer.retainedBytes) + ' · ' + share(answer.retainedBytes, whole) : ', unreachable')),
    el('p', {}, el('code', {}, answer.address), ' · ', classLink(answer.class), ' · ',
      el('a', { href: place('query', 'SELECT AS RETAINED SET * FROM OBJECTS ' + answer.address) }, 'All that it holds')),
    tare('--object', answer.address)),
    answer.collection ? section('As a collection', el('p', {}, count(answer.collection.elements) + ' elements'
      + (answer.collection.placesThere ? ', ' + count(answer.collection.placesUsed) + ' of ' + count(answer.collection.placesThere) + ' places used' : '')
      + (answer.collection.collided ? ', ' + count(answer.collection.collided) + ' collide' : '')), partsBar(answer.collection),
    table([{ title: 'Retained', number: true, show: row => bytes(row.retainedBytes), by: row => row.retainedBytes }, ...partColumns], [answer.collection]).element) : '',
    section('Refers to', table([
      { title: 'Field', show: row => row.name, by: row => row.name },
      { title: 'Value', show: value, by: row => JSON.stringify(row.value) },
      { title: 'Type', show: row => row.type, by: row => row.type }], answer.fields).element,
    answer.fieldsLeftOut > 0 ? hint('and ' + count(answer.fieldsLeftOut) + ' more elements') : ''),
    section('Referred to by', table([
      { title: 'Object', show: row => isOne(row) ? objectLink(row) : 'root', by: row => row.class ?? '' },
      { title: 'By', show: row => (row.reference ?? '') + (row.reachable ? '' : ' (unreachable)'), by: row => row.reference ?? '' }],
    answer.referrers).element, answer.referrersLeftOut > 0 ? hint('and ' + count(answer.referrersLeftOut) + ' more') : ''),
    answer.reachable ? section('Path from a root', path(answer.path)) : '',
    answer.dominators.length ? section('Held alone by', objects(answer.dominators, whole)) : '',
    answer.holds.length ? section('Holds alone', table([
      { title: 'Object', show: row => isOne(row) ? objectLink(row) : [count(row.objects) + ' × ', classLink(row.class)], by: row => row.class },
      ...sizes(whole)], answer.holds, 2).element) : '',
  ];
}

export async function threads() {
  const heap = await summary();
  return [section('Threads', hint('What each holds alone: locals of its stack, thread-locals.'), tare('--threads'),
    heap.threads.map(thread => el('details', {}, el('summary', {}, thread.name || '(no name)', thread.virtual ? ' (virtual)' : '',
      el('span', { class: 'n' }, ' ' + bytes(thread.retainedBytes))),
    el('p', {}, objectLink({ address: thread.address, class: 'Thread object' })),
    el('ol', { class: 'x-path' }, thread.frames.map(frame => el('li', {}, el('code', {}, frame.method),
      frame.locals ? el('ul', {}, frame.locals.map(local => el('li', {}, objectLink(local), ' ' + bytes(local.retainedBytes)))) : ''))))))];
}

export async function loaders() {
  const heap = await summary();
  const rows = heap.holdings ?? [];
  return [
    section('Class loaders', hint('Bytes of the objects whose classes a loader has loaded.'), table([
      { title: 'Loader', show: row => row.loader, by: row => row.loader },
      { title: 'Objects', number: true, show: row => count(row.objects), by: row => row.objects }, ...sizes(heap.shallowBytes)],
    heap.loaders, 3).element),
    section('Who else holds', table([
      { title: 'Kind', show: row => row.kind, by: row => row.kind }, { title: 'Name', show: row => row.name, by: row => row.name },
      { title: 'Objects', number: true, show: row => count(row.objects), by: row => row.objects },
      { title: 'Retained', number: true, show: row => bytes(row.retainedBytes), by: row => row.retainedBytes },
      { title: 'Kept by', show: row => row.details ?? '', by: row => row.details ?? '' }], rows, 3).element),
  ];
}

const PARTS = [['wrapper', 'wrapperBytes'], ['table', 'tableBytes'], ['keys', 'keyBytes'], ['values', 'valueBytes'], ['shared', 'sharedBytes']];

/** What collections hold, as a bar; the columns beside it say the same in numbers. */
function partsBar(line) {
  const said = PARTS.filter(([, member]) => line[member] > 0).map(([name, member]) => name + ' ' + share(line[member], line.retainedBytes));
  const bar = el('span', { class: 'x-parts', role: 'img', 'aria-label': said.join(', '), title: said.join(', ') });
  for (const [name, member] of PARTS) {
    const piece = el('i', { class: 'x-' + name });
    piece.style.width = 100 * line[member] / Math.max(1, line.retainedBytes) + '%';
    bar.append(piece);
  }
  return bar;
}

const legend = () => el('p', { class: 'hint' }, PARTS.map(([name]) => [el('i', { class: 'x-swatch x-' + name }), ' ' + name + '  ']).flat());

const ratio = number => number === undefined ? '–' : (100 * number).toFixed(1) + ' %';

const partColumns = PARTS.map(([name, member]) => (
  { title: name[0].toUpperCase() + name.slice(1), number: true, show: row => bytes(row[member]), by: row => row[member] }));

const elsewhere = row => row.keysElsewhere + row.valuesElsewhere;

let costs;

/** Asked when it is first looked at: it takes a walk over the dump. */
function collections() {
  const content = el('div', { 'aria-live': 'polite' }, hint('Looking …'));
  const ofClass = { title: 'Class', show: row => classLink(row.class), by: row => row.class };
  (costs ??= ask('collections')).then(found => content.replaceChildren(legend(), table([ofClass,
    { title: 'Retained', number: true, show: row => bytes(row.retainedBytes), by: row => row.retainedBytes },
    { title: 'Parts', show: partsBar, by: row => row.tableBytes / Math.max(1, row.retainedBytes) }, ...partColumns],
  found.classes, 1).element, el('h3', {}, 'How full they are'), table([ofClass,
    { title: 'Count', number: true, show: row => count(row.collections), by: row => row.collections },
    { title: 'Empty', number: true, show: row => count(row.empty), by: row => row.empty },
    { title: 'Of one', number: true, show: row => count(row.ofOne), by: row => row.ofOne },
    { title: 'Elements', number: true, show: row => count(row.elements), by: row => row.elements },
    { title: 'Fill', number: true, show: row => ratio(row.fillRatio), by: row => row.fillRatio ?? -1 },
    { title: 'Collide', number: true, show: row => ratio(row.collisionRatio), by: row => row.collisionRatio ?? -1 },
    { title: 'Held elsewhere, too', number: true, show: row => count(elsewhere(row)), by: elsewhere }],
  found.classes, 1).element), failure => {
    costs = undefined;
    content.replaceChildren(el('pre', { role: 'alert', class: 'mistake' }, failure.message));
  });
  return section('Collections', hint('What they hold alone, by part. Of a collection inside another of its class the bytes count once, as its own.'),
    content, tare('--collections'));
}

export async function waste() {
  const heap = await summary();
  const costsOfAll = collections();
  const down = el('button', { type: 'button', on: { click: () => costsOfAll.scrollIntoView() } }, 'Collections ↓');
  return [section('Waste', hint('Bytes that the program could have back without losing anything.'), el('p', {}, down), table([
    { title: 'Kind', show: row => row.kind, by: row => row.kind }, { title: 'What', show: row => row.what, by: row => row.what },
    { title: 'Objects', number: true, show: row => count(row.objects), by: row => row.objects },
    { title: 'Bytes', number: true, show: row => bytes(row.bytes), by: row => row.bytes }], heap.waste, 3).element), costsOfAll];
}

const grown = (field, show, title) => [
  { title: title + ' before', number: true, show: row => said(row[field]?.before, show), by: row => row[field]?.before ?? -1 },
  { title: 'now', number: true, show: row => said(row[field]?.after, show), by: row => row[field]?.after ?? -1 },
  { title: 'change', number: true, show: row => change(row[field], show), by: row => (row[field]?.after ?? 0) - (row[field]?.before ?? 0) },
];

const said = (number, show) => number === undefined ? '–' : show(number);

const change = (both, show) => both?.before === undefined || both.after === undefined ? '–' : (both.after < both.before ? '−' : '+') + show(Math.abs(both.after - both.before));

/** What has grown since an older dump of the same program. */
export async function growth() {
  const diff = await ask('growth');
  const held = row => [row.heldBy ? el('b', {}, row.heldBy) : '', row.way?.length ? el('span', { class: 'x-label' }, ' ' + row.way.join(' › ')) : ''];
  return [
    section('Since ' + OLDER, el('p', { class: 'sentence' }, change(diff.shallowBytes, bytes) + ' live, ' + change(diff.objects, count) + ' objects'),
      hint(diff.before.takenAt + ' to ' + diff.after.takenAt), ...diff.notes.map(hint),
      commandLine(['tare', 'heap', 'diff', OLDER, DUMP])),
    section('Who holds more', diff.holders.length === 0 ? el('p', {}, 'Nobody holds more than before.') : table([
      { title: 'Held by', show: held, by: row => row.heldBy ?? '' },
      { title: 'What piles up', show: row => classLink(row.piledUpClass), by: row => row.piledUpClass },
      ...grown('objects', count, 'Objects'), ...grown('retainedBytes', bytes, 'Retained')], diff.holders, 7).element),
    diff.suspects.length ? section('Suspects', hint('Places that hold a tenth of the heap in either dump; where one dump does not name it, – stands.'), table([
      { title: 'Holder', show: row => row.holder, by: row => row.holder },
      { title: 'What piles up', show: row => classLink(row.piledUpClass), by: row => row.piledUpClass },
      ...grown('retainedBytes', bytes, 'Retained')], diff.suspects, 4).element) : '',
    section('Classes', table([{ title: 'Class', show: row => classLink(row.class), by: row => row.class },
      ...grown('objects', count, 'Objects'), ...grown('shallowBytes', bytes, 'Shallow')], diff.classes, 6).element),
  ];
}

const cell = found => found === null ? 'null' : typeof found !== 'object' ? String(found)
  : found.class ? objectLink(found) : found.address;

export async function query(text = '') {
  const answer = el('div', { 'aria-live': 'polite' });
  const box = el('textarea', { rows: 3, spellcheck: 'false', 'aria-label': 'Query', id: 'query',
    placeholder: 'SELECT s, s.@retainedHeapSize FROM java.util.HashMap s WHERE s.size > 1000', on: { keydown: event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { run(); }
    } } });
  box.value = text;
  const go = el('button', { type: 'button', on: { click: () => run() } }, 'Ask');
  function run() {
    const wanted = place('query', box.value);
    if (location.hash === wanted) { show(); } else { location.hash = wanted; }
  }
  async function show() {
    answer.replaceChildren(hint('Looking …'));
    try {
      const found = await ask('select', { query: box.value });
      const columns = found.columns.map(name => ({ title: name, show: row => cell(row[name]),
        by: row => typeof row[name] === 'number' ? row[name] : JSON.stringify(row[name] ?? null),
        number: found.rows.some(row => typeof row[name] === 'number') }));
      answer.replaceChildren(el('p', { role: 'status' }, count(found.found) + (found.found === 1 ? ' row' : ' rows')),
        table(columns, found.rows, -1, 1000).element,
        ...found.notes.map(hint), found.rowsLeftOut > 0 ? hint(count(found.rowsLeftOut) + ' rows are left out; LIMIT sets another number') : '',
        tare('--select', box.value));
    } catch (mistake) {
      // The mistake has the line with a mark under the place: the cursor goes there, too.
      const column = /column (\d+) of the query/.exec(mistake.message);
      if (column) { box.focus(); box.setSelectionRange(column[1] - 1, column[1] - 1); }
      answer.replaceChildren(el('pre', { role: 'alert', class: 'mistake' }, mistake.message));
    }
  }
  if (text) { show(); }
  return [section('Query', hint('Ctrl-Enter asks. What can be asked is told in the documentation of heap queries.'), box, el('p', {}, go), answer)];
}

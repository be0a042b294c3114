// Elements, numbers and tables. Whatever comes from the dump becomes text, never markup.

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') {
      for (const [event, action] of Object.entries(value)) { element.addEventListener(event, action); }
    } else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(child => child !== undefined && child !== null && child !== ''));
  return element;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

export function bytes(number) {
  if (number === undefined || number === null) { return '–'; }
  let value = number, unit = 0;
  while (Math.abs(value) >= 1024 && unit < UNITS.length - 1) { value /= 1024; unit++; }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toFixed(digits) + ' ' + UNITS[unit];
}

export const count = number => number === undefined ? '–' : number.toLocaleString('en');

export const share = (part, whole) => whole > 0 ? (100 * part / whole).toFixed(1) + ' %' : '';

export const section = (title, ...children) => el('section', {}, el('h2', {}, title), ...children);

export const hint = text => el('p', { class: 'hint' }, text);

/** A link into the explorer; the hash is the place, so that the back button and bookmarks work. */
export const place = (...parts) => '#/' + parts.map(encodeURIComponent).join('/');

export const objectLink = line => el('a', { href: place('object', line.address), class: 'object' },
  line.class || 'unknown', line.label ? el('span', { class: 'x-label' }, ' ' + line.label) : '');

export const classLink = name => el('a', { href: place('class', name) }, name);

/**
 * A table that is sorted by a click on a heading. A column: its heading, what it shows, what it is sorted by, whether it is a number.
 */
export function table(columns, rows, sortedBy = -1, most = 500) {
  const body = el('tbody');
  const rest = el('p', { class: 'hint' });
  let sorted = sortedBy, descending = true, shown = rows;
  const heads = columns.map((column, at) => {
    const button = el('button', { type: 'button', class: 'sort', on: { click: () => sort(at) } }, column.title);
    return el('th', { class: column.number ? 'n' : undefined, scope: 'col' }, button);
  });
  function fill() {
    body.replaceChildren(...shown.slice(0, most).map(row => el('tr', {},
      columns.map(column => el('td', { class: column.number ? 'n' : 'wide' }, column.show(row) ?? '')))));
    rest.textContent = shown.length > most ? 'and ' + count(shown.length - most) + ' more; search narrows the list' : '';
    heads.forEach((head, at) => at === sorted
      ? head.setAttribute('aria-sort', descending ? 'descending' : 'ascending')
      : head.removeAttribute('aria-sort'));
  }
  function sort(at) {
    descending = at === sorted ? !descending : Boolean(columns[at].number);
    sorted = at;
    order();
    fill();
  }
  function order() {
    if (sorted < 0) { return; }
    const by = columns[sorted].by, sign = descending ? -1 : 1;
    shown = [...shown].sort((a, b) => sign * (by(a) > by(b) ? 1 : by(a) < by(b) ? -1 : 0));
  }
  order();
  fill();
  return {
    element: el('div', {}, el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {}, heads)), body)), rest),
    keep(fits) { shown = rows.filter(fits); order(); fill(); },
  };
}

/** How the same question is asked at a command line. */
export function commandLine(words) {
  const quoted = words.map(word => /^[\w@%+=:,./-]+$/.test(word) ? word : "'" + word.replaceAll("'", "'\\''") + "'").join(' ');
  const code = el('code', { tabindex: 0, class: 'x-command' }, quoted);
  const copy = el('button', { type: 'button', on: { click: async () => {
    await navigator.clipboard?.writeText(quoted);
    copy.textContent = 'Copied';
  } } }, 'Copy');
  return el('p', { class: 'x-share' }, code, ' ', copy);
}

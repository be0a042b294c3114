// The place in the hash decides what is shown; that is all the state there is.
import { el, place } from './dom.js';
import * as views from './views.js';

const TABS = [['overview', 'Overview'], ['holders', 'Holders'], ['classes', 'Classes'], ['threads', 'Threads'],
  ['loaders', 'Loaders'], ['waste', 'Waste'], ['query', 'Query'], ...document.body.dataset.older ? [['growth', 'Growth']] : []];
const VIEWS = { ...views, class: views.ofClass };
const dump = document.body.dataset.dump;
const main = document.getElementById('explorer');
const content = el('div', { id: 'content' });
const tabs = TABS.map(([name, title]) => el('a', { href: place(name) }, title));
main.replaceChildren(el('header', {}, el('p', { class: 'brand' }, el('b', {}, 'Tare')),
  el('h1', {}, dump.slice(dump.lastIndexOf('/') + 1))), el('nav', { 'aria-label': 'Views' }, tabs), content);

let wanted = 0;
async function show() {
  const turn = ++wanted;
  const [name, ...parts] = (location.hash.slice(2) || 'overview').split('/').map(decodeURIComponent);
  tabs.forEach((tab, at) => TABS[at][0] === name ? tab.setAttribute('aria-current', 'page') : tab.removeAttribute('aria-current'));
  content.setAttribute('aria-busy', 'true');
  let shown;
  try {
    shown = VIEWS[name] ? await VIEWS[name](...parts) : [el('p', { role: 'alert' }, 'There is no such view.')];
  } catch (mistake) {
    shown = [el('pre', { role: 'alert', class: 'mistake' }, mistake.message)];
  }
  if (turn === wanted) {
    content.replaceChildren(...shown.filter(Boolean));
    content.removeAttribute('aria-busy');
    scrollTo(0, 0);
  }
}

addEventListener('hashchange', show);
addEventListener('keydown', event => {
  if (event.target.closest('input, textarea') || event.ctrlKey || event.metaKey || event.altKey) { return; }
  if (event.key === '/') {
    event.preventDefault();
    location.hash = place('classes');
    setTimeout(() => document.getElementById('search')?.focus(), 100);
  } else if (TABS[event.key - 1]) {
    location.hash = place(TABS[event.key - 1][0]);
  }
});
show();

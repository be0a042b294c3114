(() => {
  'use strict';
  const tree = document.getElementById('heap-tree');
  const map = document.getElementById('heap-map');
  const way = document.getElementById('heap-way');
  const colours = ['#56b4e9', '#e69f00', '#009e73', '#cc79a7', '#f0e442', '#a3a9b2', '#d5a06a', '#8fbcd4'];
  const list = node => node === tree ? tree : node.querySelector(':scope > details > ul');
  const children = node => list(node) ? [...list(node).children] : [];
  const bytes = node => Number(node.dataset.bytes);
  const name = node => node === tree ? 'heap' : node.dataset.name;
  const colour = text => { let h = 0; for (const c of text) { h = (h * 31 + c.charCodeAt(0)) | 0; } return colours[Math.abs(h) % colours.length]; };

  const short = text => text.replace(/\b(?:[a-z_][\w$]*\.)+(?=[A-Za-z_])/g, '');

  // Splits the items where the halves weigh about the same, along the longer side.
  function lay(items, x, y, w, h) {
    if (items.length === 0 || w < 0.15 || h < 0.3) { return; }
    if (items.length === 1) { tile(items[0], x, y, w, h); return; }
    const sum = items.reduce((s, i) => s + i.bytes, 0);
    let cut = 0, first = 0;
    do { first += items[cut++].bytes; } while (cut < items.length - 1 && first < sum / 2);
    const part = sum === 0 ? 0.5 : first / sum;
    if (w * 2.2 > h) {
      lay(items.slice(0, cut), x, y, w * part, h);
      lay(items.slice(cut), x + w * part, y, w * (1 - part), h);
    } else {
      lay(items.slice(0, cut), x, y, w, h * part);
      lay(items.slice(cut), x, y + h * part, w, h * (1 - part));
    }
  }

  function tile(item, x, y, w, h) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = short(item.name);
    button.title = item.name + ' · ' + item.bytes.toLocaleString('en') + ' bytes';
    Object.assign(button.style, { left: x + '%', top: y + '%', width: w + '%', height: h + '%',
      background: item.node ? colour(item.name.replace(/^\d+ × /, '').split(' ')[0]) : 'var(--machinery)' });
    if (item.node && children(item.node).length > 0) {
      button.className = 'walk';
      button.addEventListener('click', () => show(item.node));
    }
    map.append(button);
  }

  function show(node) {
    const items = children(node).map(child => ({ node: child, name: name(child), bytes: bytes(child) }));
    const rest = bytes(node) - items.reduce((s, i) => s + i.bytes, 0);
    if (rest > 0) { items.push({ node: null, name: 'itself and small ones', bytes: rest }); }
    items.sort((a, b) => b.bytes - a.bytes);
    map.replaceChildren();
    lay(items, 0, 0, 100, 100);
    const steps = [];
    for (let at = node; at; at = at === tree ? null : at.parentElement.closest('#heap-tree li, #heap-tree')) { steps.unshift(at); }
    way.replaceChildren(...steps.map(step => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = name(step) + ' ›';
      button.addEventListener('click', () => show(step));
      return button;
    }));
  }

  show(tree);
})();

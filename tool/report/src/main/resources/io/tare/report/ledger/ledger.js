'use strict';
// Everything works without this: it opens the account that a tile leads to, lets no label be cut, and sorts the ledger.
(function () {
  function openTarget() {
    var target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === 'DETAILS') {
      target.open = true;
    }
  }
  window.addEventListener('hashchange', openTarget);
  openTarget();

  // A label that does not fit gets smaller, then loses its name, then goes: half a word says nothing.
  function fits(label) {
    return label.scrollWidth <= label.clientWidth && label.scrollHeight <= label.clientHeight;
  }

  function fit() {
    Array.prototype.forEach.call(document.querySelectorAll('.map .label'), function (label) {
      var ways = ['', 'small', 'tiny', 'tiny unnamed', 'tiny bare'];
      for (var i = 0; i < ways.length; i++) {
        label.className = 'label fitted ' + ways[i];
        if (fits(label)) {
          return;
        }
      }
    });
  }
  fit();
  ['resize', 'beforeprint', 'afterprint', 'load'].forEach(function (event) { window.addEventListener(event, fit); });

  var ledger = document.querySelector('.ledger');
  if (!ledger) {
    return;
  }
  var keys = ['name', 'kind', 'bytes', 'bytes', 'sure'];
  var head = ledger.querySelector('.head');
  var total = ledger.querySelector('.total');
  head.removeAttribute('aria-hidden');
  Array.prototype.forEach.call(head.children, function (cell, column) {
    var button = document.createElement('button');
    button.type = 'button';
    button.textContent = cell.textContent;
    cell.textContent = '';
    cell.appendChild(button);
    var down = keys[column] === 'bytes';
    button.addEventListener('click', function () {
      sort(keys[column], down);
      Array.prototype.forEach.call(head.querySelectorAll('button'), function (other) {
        other.removeAttribute('data-order');
      });
      button.setAttribute('data-order', down ? 'down' : 'up');
      down = !down;
    });
  });

  function sort(key, down) {
    var rows = Array.prototype.slice.call(ledger.querySelectorAll('details'));
    rows.sort(function (a, b) {
      var x = a.dataset[key];
      var y = b.dataset[key];
      var order = key === 'bytes' ? Number(x) - Number(y) : x.localeCompare(y);
      return down ? -order : order;
    });
    rows.forEach(function (row) {
      ledger.insertBefore(row, total);
    });
  }
})();

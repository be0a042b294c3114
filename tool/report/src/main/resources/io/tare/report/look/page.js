'use strict';
// Everything can be read without this: it sorts and searches tables.
(function () {
  var SIZES = { B: 1, kB: 1e3, KB: 1024, KiB: 1024, MB: 1048576, MiB: 1048576, GB: 1073741824, GiB: 1073741824,
    TB: 1099511627776, TiB: 1099511627776, PB: 1125899906842624, PiB: 1125899906842624,
    'µs': 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86400, days: 86400, '%': 1 };
  var SEARCHED_FROM = 12;

  // The number that a cell states, 12 min 3 s being one; nothing where it states none.
  function number(text) {
    var parts = /^[^\d−-]*([−-]?)\s*(.*)$/.exec(text);
    var sum = 0;
    var found = false;
    var each = /([\d,]*\.?\d+)\s*([A-Za-zµ%]*)/g;
    for (var part = each.exec(parts[2]); part; part = each.exec(parts[2])) {
      sum += Number(part[1].replace(/,/g, '')) * (SIZES[part[2]] || 1);
      if (found || !/^(d|h|min)$/.test(part[2])) {
        found = true;
        break;
      }
      found = true;
    }
    return found ? (parts[1] ? -sum : sum) : null;
  }

  function cell(row, column) {
    var at = row.cells[column];
    return at ? (at.dataset.value || at.textContent.trim()) : '';
  }

  function compare(a, b, isNumber, down) {
    if (!isNumber) {
      return down ? b.localeCompare(a) : a.localeCompare(b);
    }
    var x = number(a);
    var y = number(b);
    // What is not known stands last, however it is sorted.
    if (x === null || y === null) {
      return (x === null) - (y === null);
    }
    return down ? y - x : x - y;
  }

  function sortable(table) {
    var body = table.tBodies[0];
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      if (!head.textContent.trim()) {
        return;
      }
      var isNumber = Array.prototype.some.call(body.rows, function (row) {
        return row.cells[column] && row.cells[column].classList.contains('n');
      });
      var down = isNumber;
      var button = document.createElement('button');
      button.type = 'button';
      button.className = 'sort';
      button.textContent = head.textContent;
      if (isNumber) {
        head.classList.add('n');
      }
      head.textContent = '';
      head.appendChild(button);
      button.addEventListener('click', function () {
        var rows = Array.prototype.slice.call(body.rows);
        rows.sort(function (a, b) {
          return compare(cell(a, column), cell(b, column), isNumber, down);
        });
        rows.forEach(function (row) { body.appendChild(row); });
        heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        down = !down;
      });
    });
  }

  function searchable(table) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var label = document.createElement('label');
    label.className = 'search';
    label.textContent = 'Search ';
    var field = document.createElement('input');
    field.type = 'search';
    var count = document.createElement('output');
    label.appendChild(field);
    label.appendChild(count);
    var place = table.parentElement.classList.contains('wide') ? table.parentElement : table;
    place.parentElement.insertBefore(label, place);
    field.addEventListener('input', function () {
      var words = field.value.toLowerCase().split(/\s+/);
      var shown = 0;
      rows.forEach(function (row) {
        var text = row.textContent.toLowerCase();
        row.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
        shown += row.hidden ? 0 : 1;
      });
      count.textContent = field.value ? ' ' + shown + ' of ' + rows.length : '';
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll('table'), function (table) {
    var rows = table.tHead && table.tBodies.length ? table.tBodies[0].rows.length : 0;
    // What has to be scrolled must be reached by keys, too.
    if (table.scrollWidth > table.clientWidth) {
      table.tabIndex = 0;
    }
    if (rows > 1) {
      sortable(table);
    }
    if (rows >= SEARCHED_FROM) {
      searchable(table);
    }
  });
})();

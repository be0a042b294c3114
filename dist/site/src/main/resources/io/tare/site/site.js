'use strict';
// The search: every word must stand in a section; headings count more than text. Without scripts all pages can be read all the same.
(function () {
  var up = document.body.dataset.up;
  var field = document.querySelector('.find input');
  var found = document.getElementById('found');
  var MOST = 12;
  var AROUND = 70;

  function score(section, words) {
    var heading = (section[1] + ' ' + section[2]).toLowerCase();
    var text = section[3].toLowerCase();
    var sum = 0;
    for (var i = 0; i < words.length; i++) {
      var inHeading = heading.indexOf(words[i]) >= 0;
      var count = text.split(words[i]).length - 1;
      if (!inHeading && !count) {
        return 0;
      }
      sum += (inHeading ? 20 : 0) + Math.min(count, 5);
    }
    return sum;
  }

  function excerpt(text, word) {
    var at = Math.max(0, text.toLowerCase().indexOf(word) - AROUND);
    return (at ? '… ' : '') + text.slice(at, at + 2 * AROUND + word.length) + ' …';
  }

  function marked(parent, text, words) {
    var lower = text.toLowerCase();
    var at = 0;
    while (at < text.length) {
      var next = -1;
      var length = 0;
      words.forEach(function (word) {
        var place = lower.indexOf(word, at);
        if (place >= 0 && (next < 0 || place < next)) {
          next = place;
          length = word.length;
        }
      });
      parent.appendChild(document.createTextNode(text.slice(at, next < 0 ? text.length : next)));
      if (next < 0) {
        return;
      }
      var mark = document.createElement('mark');
      mark.textContent = text.slice(next, next + length);
      parent.appendChild(mark);
      at = next + length;
    }
  }

  function show() {
    var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    found.textContent = '';
    found.hidden = !words.length;
    if (!words.length) {
      return;
    }
    var hits = SECTIONS.map(function (section) { return { section: section, score: score(section, words) }; })
      .filter(function (hit) { return hit.score; }).sort(function (a, b) { return b.score - a.score; });
    var count = document.createElement('p');
    count.textContent = hits.length ? hits.length + ' sections' : 'Nothing found.';
    found.appendChild(count);
    var list = document.createElement('ol');
    hits.slice(0, MOST).forEach(function (hit) {
      var item = document.createElement('li');
      var link = document.createElement('a');
      link.href = up + hit.section[0];
      link.textContent = hit.section[1] + (hit.section[2] === hit.section[1] ? '' : ' › ' + hit.section[2]);
      var text = document.createElement('small');
      marked(text, excerpt(hit.section[3], words[0]), words);
      item.appendChild(link);
      item.appendChild(text);
      list.appendChild(item);
    });
    found.appendChild(list);
  }

  field.addEventListener('input', show);
  // '/' goes to the field, the arrows through what was found, Enter to the first of it, Escape back.
  document.addEventListener('keydown', function (event) {
    var stops = [field].concat(Array.from(found.querySelectorAll('a')));
    var at = stops.indexOf(document.activeElement);
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === '/' && at < 0) {
      field.focus();
    } else if (at >= 0 && step && stops[at + step]) {
      stops[at + step].focus();
    } else if (at === 0 && event.key === 'Enter' && stops[1]) {
      stops[1].click();
    } else if (at >= 0 && event.key === 'Escape') {
      field.value = '';
      show();
      field.focus();
    } else {
      return;
    }
    event.preventDefault();
  });
  // A recorded terminal: its pieces one after the other, in their time; all of them are there until somebody wants to see it play.
  document.querySelectorAll('.cast').forEach(function (cast) {
    var screen = cast.querySelector('pre');
    var pieces = Array.from(screen.querySelectorAll('[data-at]'));
    var button = cast.querySelector('button');
    var timer;
    function stop() {
      clearTimeout(timer);
      timer = 0;
      pieces.forEach(function (piece) { piece.hidden = false; });
      button.textContent = 'Play';
    }
    function show(at) {
      pieces[at].hidden = false;
      screen.scrollTop = screen.scrollHeight;
      if (at + 1 < pieces.length) {
        timer = setTimeout(show, Math.min(3000, 1000 * (pieces[at + 1].dataset.at - pieces[at].dataset.at)), at + 1);
      } else {
        stop();
      }
    }
    button.hidden = false;
    button.addEventListener('click', function () {
      if (timer) {
        stop();
        return;
      }
      pieces.forEach(function (piece) { piece.hidden = true; });
      button.textContent = 'Show all';
      show(0);
    });
  });
  // On a telephone the list of pages is folded.
  if (matchMedia('(max-width: 820px)').matches) {
    document.querySelector('nav details').open = false;
  }
})();

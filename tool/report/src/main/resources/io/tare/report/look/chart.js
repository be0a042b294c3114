// Shows the values under the pointer, and zooms: by dragging, by the buttons, by the keys of the field.
(function () {
  var WIDTH = 1000;
  var STEPS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400, 172800, 604800];

  function pad(n) { return (n < 10 ? '0' : '') + n; }

  function elapsed(millis) {
    var s = Math.floor(millis / 1000);
    var m = Math.floor(s / 60);
    var h = Math.floor(m / 60);
    if (s < 60) { return (millis % 1000 ? (millis / 1000).toFixed(1) : s) + ' s'; }
    if (m < 60) { return m + (s % 60 ? ':' + pad(s % 60) : '') + ' min'; }
    if (h < 24) { return h + (m % 60 ? ':' + pad(m % 60) : '') + ' h'; }
    return Math.floor(h / 24) + ' d' + (h % 24 ? ' ' + h % 24 + ' h' : '');
  }

  function amount(value, unit, base) {
    if (unit !== 'bytes') { return Math.round(value).toLocaleString('en'); }
    var names = base === 1000 ? ['B', 'kB', 'MB', 'GB', 'TB'] : ['B', 'KB', 'MB', 'GB', 'TB'];
    var at = 0;
    var sign = value < 0 ? '−' : '';
    value = Math.abs(value);
    while (Math.round(value) >= base && at < 4) { value /= base; at++; }
    return sign + (at === 0 ? value : value < 9.995 ? value.toFixed(2) : value < 99.95 ? value.toFixed(1)
      : Math.round(value)) + ' ' + names[at];
  }

  function numbers(text) { return text.split(',').map(Number); }

  function chart(figure) {
    var plot = figure.querySelector('.plot');
    var cursor = figure.querySelector('.cursor');
    var times = figure.querySelector('.times');
    var when = figure.querySelector('.when');
    var span = Number(figure.dataset.span);
    var from = Number(figure.dataset.from);
    var base = Number(figure.dataset.base);
    var view = [0, 1];
    var at = 1;
    var began = null;
    var keys = Array.prototype.map.call(figure.querySelectorAll('.keys li'), function (key) {
      return { at: numbers(key.dataset.at), values: numbers(key.dataset.values), value: key.querySelector('.value'),
        name: key.querySelector('.name').textContent };
    });

    // The last reading that had been taken by then.
    function valueAt(key, millis) {
      var low = 0;
      var high = key.at.length;
      while (low < high) {
        var middle = (low + high) >> 1;
        if (key.at[middle] <= millis) { low = middle + 1; } else { high = middle; }
      }
      return low ? amount(key.values[low - 1], figure.dataset.unit, base) : '-';
    }

    function show(share) {
      at = Math.min(1, Math.max(0, share));
      var millis = at * span;
      var moment = new Date(from + millis).toISOString();
      cursor.hidden = at < view[0] || at > view[1];
      cursor.style.left = 100 * (at - view[0]) / (view[1] - view[0]) + '%';
      when.textContent = 'After ' + elapsed(Math.round(millis / 100) * 100) + ', at ' + moment.slice(0, 10) + ' '
        + moment.slice(11, 19) + ' UTC:';
      var said = keys.map(function (key) {
        key.value.textContent = valueAt(key, millis);
        return key.name + ' ' + key.value.textContent;
      });
      plot.setAttribute('aria-valuenow', Math.round(at * 1000));
      plot.setAttribute('aria-valuetext', when.textContent + ' ' + said.slice(0, 4).join(', '));
    }

    function zoom(low, high) {
      var least = Math.min(1, 1000 / span);
      var width = Math.min(1, Math.max(high - low, least));
      var start = Math.min(1 - width, Math.max(0, low));
      view = [start, start + width];
      Array.prototype.forEach.call(figure.querySelectorAll('svg'), function (svg) {
        svg.setAttribute('viewBox', start * WIDTH + ' 0 ' + width * WIDTH + ' ' + svg.viewBox.baseVal.height);
      });
      var last = -1;
      Array.prototype.forEach.call(figure.querySelectorAll('.flag'), function (label) {
        var place = (Number(label.dataset.at) - start) / width;
        var isRoom = place >= 0 && place <= 1 && place - last >= 110 / plot.clientWidth;
        label.style.left = 100 * place + '%';
        label.classList.toggle('crowded', !isRoom);
        last = isRoom ? place : last;
      });
      ticks(start * span, width * span);
      show(Math.min(view[1], Math.max(view[0], at)));
    }

    function ticks(first, length) {
      var most = Math.max(2, Math.floor(plot.clientWidth / 110));
      var step = 1000 * (STEPS.filter(function (s) { return length / 1000 / s <= most; })[0] || length / 1000);
      times.textContent = '';
      for (var t = Math.ceil(first / step) * step; t <= first + length; t += step) {
        var tick = document.createElement('i');
        tick.textContent = elapsed(t);
        tick.style.left = 100 * (t - first) / length + '%';
        times.appendChild(tick);
      }
    }

    function shareOf(event) {
      var box = plot.getBoundingClientRect();
      return view[0] + (view[1] - view[0]) * Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    }

    function nearer(factor) {
      var half = (view[1] - view[0]) * factor / 2;
      zoom(at - half, at + half);
    }

    plot.tabIndex = 0;
    plot.setAttribute('role', 'slider');
    plot.setAttribute('aria-label', 'Time; arrows move, plus and minus zoom, 0 shows all');
    plot.setAttribute('aria-valuemin', '0');
    plot.setAttribute('aria-valuemax', '1000');
    plot.addEventListener('pointermove', function (event) { show(shareOf(event)); });
    plot.addEventListener('pointerdown', function (event) { began = shareOf(event); });
    plot.addEventListener('pointerup', function (event) {
      var ended = shareOf(event);
      if (began !== null && Math.abs(ended - began) > (view[1] - view[0]) / 50) {
        zoom(Math.min(began, ended), Math.max(began, ended));
      }
      began = null;
    });
    plot.addEventListener('dblclick', function () { zoom(0, 1); });
    plot.addEventListener('keydown', function (event) {
      var step = (view[1] - view[0]) / (event.shiftKey ? 10 : 100);
      var done = { ArrowLeft: function () { show(at - step); }, ArrowRight: function () { show(at + step); },
        Home: function () { show(view[0]); }, End: function () { show(view[1]); },
        '+': function () { nearer(0.5); }, '-': function () { nearer(2); }, 0: function () { zoom(0, 1); } }[event.key];
      if (done) {
        event.preventDefault();
        done();
      }
    });

    var buttons = document.createElement('p');
    buttons.className = 'zoom';
    [['Zoom in', 0.5], ['Zoom out', 2], ['Whole', 0]].forEach(function (one) {
      var button = document.createElement('button');
      button.type = 'button';
      button.textContent = one[0];
      button.addEventListener('click', function () { if (one[1]) { nearer(one[1]); } else { zoom(0, 1); } });
      buttons.appendChild(button);
    });
    figure.insertBefore(buttons, plot);
    zoom(0, 1);
    window.addEventListener('resize', function () { zoom(view[0], view[1]); });

    // A stretch of time that the page names elsewhere can be looked at.
    Array.prototype.forEach.call(document.querySelectorAll('[data-zoom="' + figure.id + '"]'), function (place) {
      var button = document.createElement('button');
      button.type = 'button';
      button.textContent = 'show';
      button.setAttribute('aria-label', 'show ' + place.dataset.name + ' in the chart');
      button.addEventListener('click', function () {
        at = Number(place.dataset.from);
        zoom(at, Number(place.dataset.to));
        figure.scrollIntoView({ block: 'nearest' });
      });
      place.appendChild(button);
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll('figure.chart'), chart);
})();


// The flame graph: its numbers are depth, name, value and width of a frame, each frame before what it calls.
(function () {
  var place = document.getElementById('flames');
  if (!place) {
    return;
  }
  var HIGH = 20;
  var NARROWEST = 1.5;
  var NAMED = 34;
  var names = document.getElementById('flame-names').textContent.split(' ').map(function (name) {
    return decodeURIComponent(name.replace(/\+/g, ' '));
  });
  var numbers = document.getElementById('flame-frames').textContent.trim().split(' ').map(Number);
  var compared = place.dataset.compared === 'yes';
  var frames = [];
  var way = [];
  for (var i = 0; i < numbers.length; i += 4) {
    var depth = numbers[i];
    var parent = depth > 0 ? way[depth - 1] : null;
    var frame = { depth: depth, name: depth === 0 ? 'all' : names[numbers[i + 1]], value: numbers[i + 2], width: numbers[i + 3],
      parent: parent, called: [], from: parent ? parent.filled : 0 };
    frame.filled = frame.from;
    if (parent) {
      parent.filled += frame.width;
      parent.called.push(frame);
    }
    way[depth] = frame;
    frames.push(frame);
  }
  var root = frames[0];
  var focus = root;
  var walked = root;
  var wanted = '';

  function number(value) {
    var sign = value < 0 ? '−' : compared ? '+' : '';
    var size = Math.abs(value);
    if (place.dataset.bytes !== 'yes') {
      return sign + size.toLocaleString('en') + ' ' + place.dataset.unit;
    }
    var units = place.dataset.base === '1000' ? ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] : ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];
    var unit = 0;
    while (size >= Number(place.dataset.base) && unit < 6) {
      size /= Number(place.dataset.base);
      unit++;
    }
    return sign + (unit === 0 ? size : size.toPrecision(size >= 1000 ? 4 : 3)) + ' ' + units[unit];
  }

  function share(width) {
    return (100 * width / root.width).toFixed(1) + ' %';
  }

  function colour(frame) {
    if (frame === root) {
      return 'hsl(40 12% 78%)';
    }
    if (compared) {
      var part = frame.width === 0 ? 0 : frame.value / frame.width;
      return part >= 0 ? 'hsl(30 ' + Math.round(20 + 70 * part) + '% 68%)' : 'hsl(160 ' + Math.round(20 - 40 * part) + '% 62%)';
    }
    // One colour a package, so that whose code it is can be seen from afar.
    var name = frame.name.replace(/[(\[].*$/, '');
    var dot = name.indexOf('.', name.lastIndexOf('/') + 1);
    var owner = dot > 0 ? name.slice(0, dot) : name;
    var hash = 7;
    for (var at = 0; at < owner.length; at++) {
      hash = (hash * 31 + owner.charCodeAt(at)) % 9973;
    }
    return 'hsl(' + hash * 137 % 360 + ' 58% 72%)';
  }

  function element(tag, css, text) {
    var made = document.createElement(tag);
    made.className = css;
    made.textContent = text;
    return made;
  }

  var label = element('label', 'search', 'Find ');
  var field = document.createElement('input');
  field.type = 'search';
  var found = document.createElement('output');
  label.append(field, found);
  var back = element('button', 'flame-back', 'Show all');
  back.type = 'button';
  var chart = element('div', 'flames', '');
  chart.setAttribute('role', 'group');
  chart.setAttribute('aria-label', 'Flame graph');
  var said = element('p', 'flame-said', '');
  said.setAttribute('aria-live', 'polite');
  var tools = element('div', 'flame-tools', '');
  tools.append(label, back);
  place.replaceChildren(tools, chart, said);

  function matches(frame) {
    return wanted !== '' && frame !== root && frame.name.toLowerCase().indexOf(wanted) >= 0;
  }

  function words(frame) {
    return frame.name + ' · ' + number(frame.value) + ' · ' + share(frame.width);
  }

  function isAbove(frame, of) {
    for (var at = of.parent; at; at = at.parent) {
      if (at === frame) {
        return true;
      }
    }
    return false;
  }

  function button(frame, left, width, pixels) {
    var made = document.createElement('button');
    made.type = 'button';
    made.className = 'flame' + (pixels > NAMED ? ' named' : '') + (isAbove(frame, focus) ? ' above' : '')
      + (matches(frame) ? ' hit' : wanted !== '' ? ' other' : '');
    made.textContent = pixels > NAMED ? frame.name : '';
    made.setAttribute('aria-label', words(frame));
    made.tabIndex = frame === walked ? 0 : -1;
    made.style.left = 100 * left + '%';
    made.style.width = 100 * width + '%';
    made.style.top = frame.depth * HIGH + 'px';
    made.style.background = colour(frame);
    made.addEventListener('click', function () { zoom(frame); });
    made.addEventListener('mouseenter', function () { tell(frame); });
    made.addEventListener('focus', function () { walked = frame; tell(frame); });
    frame.button = made;
    return made;
  }

  function tell(frame) {
    said.textContent = words(frame);
  }

  // Only what is wide enough to be seen is made, so that large profiles stay quick.
  function draw() {
    var pixels = chart.clientWidth;
    var made = [];
    var deepest = 0;
    frames.forEach(function (frame) { frame.button = null; });
    (function each(frame) {
      var above = isAbove(frame, focus);
      var left = above ? 0 : (frame.from - focus.from) / focus.width;
      var width = above ? 1 : frame.width / focus.width;
      if (width * pixels < NARROWEST) {
        return;
      }
      deepest = Math.max(deepest, frame.depth);
      made.push(button(frame, left, width, width * pixels));
      frame.called.forEach(function (next) {
        if (!above || next === focus || isAbove(next, focus)) {
          each(next);
        }
      });
    })(root);
    chart.style.height = (deepest + 1) * HIGH + 'px';
    chart.replaceChildren.apply(chart, made);
    back.disabled = focus === root;
  }

  function walk(to) {
    if (to && to.button) {
      walked.button && (walked.button.tabIndex = -1);
      to.button.tabIndex = 0;
      to.button.focus();
    }
  }

  function zoom(frame) {
    var hadFocus = chart.contains(document.activeElement);
    focus = frame;
    walked = frame;
    draw();
    tell(frame);
    if (hadFocus) {
      walk(frame);
    }
  }

  function beside(step) {
    var row = walked.parent ? walked.parent.called : [];
    return row[row.indexOf(walked) + step];
  }

  chart.addEventListener('keydown', function (event) {
    var to = { ArrowUp: walked.parent, ArrowDown: walked.called[0], ArrowLeft: beside(-1), ArrowRight: beside(1), Home: focus }[event.key];
    if (event.key === 'Escape' && focus.parent) {
      zoom(focus.parent);
    } else if (to) {
      walk(to);
    } else if (event.key.indexOf('Arrow') !== 0) {
      return;
    }
    event.preventDefault();
  });
  back.addEventListener('click', function () { zoom(root); });
  field.addEventListener('input', function () {
    wanted = field.value.trim().toLowerCase();
    var width = 0;
    // A frame below one that was found is in its width already.
    (function sum(frame) {
      if (matches(frame)) {
        width += frame.width;
      } else {
        frame.called.forEach(sum);
      }
    })(root);
    found.textContent = wanted ? ' ' + share(width) + ' of all' : '';
    draw();
  });
  addEventListener('resize', draw);
  draw();
  tell(root);
})();

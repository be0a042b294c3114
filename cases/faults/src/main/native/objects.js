// A Node.js program with objects, texts and large arrays, every other object dropped. Truth: V8's own heap-space statistics.
const v8 = require('v8');
const fs = require('fs');

const size = Number(process.argv[2] || 64 << 20);
const seconds = Number(process.argv[3] || 600);
const kept = [];
// An object with its text and its inner object takes some 200 bytes.
for (let i = 0; i < size / 200; i++) kept.push({number: i, text: 'text ' + i, inner: {z: i}});
for (let i = 0; i < kept.length; i += 2) kept[i] = null;
const large = [];
for (let i = 0; i < 8; i++) large.push(new Array(100000).fill(i + 0.5));
v8.setFlagsFromString('--expose-gc');
require('vm').runInNewContext('gc')();

function residentBytes() {
  return Number(fs.readFileSync('/proc/self/statm', 'utf8').split(' ')[1]) * 4096;
}

function truth() {
  const spaces = v8.getHeapSpaceStatistics();
  const used = isCode => spaces.filter(space => space.space_name.startsWith('code_') === isCode)
    .reduce((sum, space) => sum + space.space_used_size, 0);
  return JSON.stringify({
    fault: 'node-objects', pid: process.pid, rssBytes: residentBytes(),
    truth: {'v8.heap': used(false), 'v8.code': used(true)},
    // Pages that were taken and never touched are not resident.
    atLeast: {}, atMost: {'v8.heap+v8.idle+v8.code+v8.overhead': spaces.reduce((sum, space) => sum + space.space_size, 0) + (1 << 20)},
    notes: ['Node.js ' + process.version + ', V8 ' + process.versions.v8], ready: true}) + '\n';
}

setTimeout(() => {
  truth();
  fs.writeSync(1, truth());
  // Nothing of the program runs from here on: it waits in the kernel.
  setTimeout(() => process.exit(0), 1000 * seconds);
  try {
    fs.readSync(0, Buffer.alloc(64));
  } catch (ended) {
    // Standard input was closed.
  }
  process.exit(kept.length + large.length > 0 ? 0 : 1);
}, 500);

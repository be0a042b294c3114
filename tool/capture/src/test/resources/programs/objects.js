// A Node.js program with objects, strings, large arrays and buffers, of which half was dropped; prints what V8 says of itself, then waits without running anything.
const v8 = require('v8');
const fs = require('fs');
const bytes = Number(process.argv[2] || 48 << 20);
const kept = [];
for (let i = 0; i < bytes / 320; i++) kept.push({number: i, text: 'text ' + i, inner: {z: i}});
const large = [];
for (let i = 0; i < 8; i++) large.push(new Array(100000).fill(i + 0.5));
const buffers = [];
const answer = Buffer.alloc(1);
for (let i = 0; i < kept.length; i += 2) kept[i] = null;
if (global.gc) global.gc();

function report(file) {
  const usage = process.memoryUsage();
  const spaces = v8.getHeapSpaceStatistics();
  const lines = spaces.filter(space => space.space_size > 0).map(space =>
    `truth ${space.space_name}.used=${space.space_used_size}\ntruth ${space.space_name}.committed=${space.space_size}`);
  lines.push(`truth arraybuffers=${usage.arrayBuffers}`, 'ready', '');
  fs.writeSync(file, lines.join('\n'));
  fs.readSync(file === 1 ? 0 : file, answer);
  return spaces.find(space => space.space_name === 'old_space').space_used_size;
}

// What is said first is compiled and optimized into the old space, a whole free block at a time: it is said to nobody until that has ended.
const nobody = fs.openSync('/dev/null', 'r+');
let same = 0;
let before = -1;

function settle() {
  const now = report(nobody);
  same = now === before ? same + 1 : 0;
  before = now;
  if (same < 10) {
    setTimeout(settle, 50);
    return;
  }
  report(1);
  process.exit(kept.length + large.length + buffers.length > 0 ? 0 : 1);
}

setTimeout(() => {
  for (let i = 0; i < 10; i++) buffers.push(Buffer.alloc(1000000 + i, 1));
  settle();
}, 500);

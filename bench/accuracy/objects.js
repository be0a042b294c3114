// A Node.js program of which half was dropped. It states what V8 says of its spaces, then stands still: node --expose-gc objects.js BYTES
const v8 = require('v8');
const fs = require('fs');
const kept = [];
for (let i = 0; i < Number(process.argv[2] || 48 << 20) / 320; i++) kept.push({number: i, text: 'text ' + i, inner: {z: i}});
for (let i = 0; i < kept.length; i += 2) kept[i] = null;
const answer = Buffer.alloc(1);
if (global.gc) global.gc();
setTimeout(() => {
  const used = code => v8.getHeapSpaceStatistics().filter(space => space.space_name.startsWith('code_') === code)
    .reduce((sum, space) => sum + space.space_used_size, 0);
  fs.writeSync(1, JSON.stringify({truth: {'v8.heap': used(false), 'v8.code': used(true)}, ready: true}) + '\n');
  fs.readSync(0, answer);
  process.exit(kept.length > 0 ? 0 : 1);
}, 500);

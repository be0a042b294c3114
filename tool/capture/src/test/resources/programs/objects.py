# Makes many small objects, frees two thirds of them, and lets the interpreter say what it has of pools and blocks.
import gc
import os
import sys
import time

keep = []
for i in range(60000):
    keep.append((i, str(i) * 2, {i: i} if i % 10 == 0 else None))
keep = [k for k in keep if k[0] < 12000 or k[0] % 3 == 0]

print("truth version=%d" % (sys.version_info[0] * 100 + sys.version_info[1]))
sys.stdout.flush()
ready = b"ready\n"
sleep = time.sleep
gc.collect()
gc.disable()
# Nothing is made between the report and the wait: it stays true.
sys._debugmallocstats()
os.write(1, ready)
sleep(1000)

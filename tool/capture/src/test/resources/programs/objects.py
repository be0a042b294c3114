# Makes many small objects, frees two thirds of them, and passes on what the interpreter says of its pools.
import os
import re
import sys
import tempfile
import time

keep = []
for i in range(60000):
    keep.append((i, str(i) * 2, {i: i} if i % 10 == 0 else None))
keep = [k for k in keep if k[0] < 12000 or k[0] % 3 == 0]

with tempfile.TemporaryFile() as file:
    error = os.dup(2)
    os.dup2(file.fileno(), 2)
    sys._debugmallocstats()
    sys.stderr.flush()
    os.dup2(error, 2)
    file.seek(0)
    text = file.read().decode()


def number(pattern):
    return int(re.search(pattern + r"\s*=\s*([\d,]+)", text).group(1).replace(",", ""))


print("truth used=%d" % number("# bytes in allocated blocks"))
print("truth arenas=%d" % number("# arenas allocated current"))
print("truth version=%d" % (sys.version_info[0] * 100 + sys.version_info[1]))
print("ready")
sys.stdout.flush()
time.sleep(1000)

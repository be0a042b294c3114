"""A program of many kinds of objects; with FOLDER it is one to be counted, and writes there what it counts itself: load.py FOLDER
With FOLDER and "compare", the comparison of that with FOLDER/who.json."""
import collections
import gc
import json
import sys
import time

# Objects of these types need not be on the collector's lists, or know of buffers that nobody else does.
OTHERWISE = {"builtins.tuple", "builtins.dict", "builtins.frame", "builtins.code", "builtins.type", "_io.BufferedReader",
             "_io.BufferedWriter", "_io.TextIOWrapper"}


class Point:
    def __init__(self, x):
        self.x = x
        self.name = "point %d" % x


class Slot:
    __slots__ = ("a", "b")

    def __init__(self, a):
        self.a = a
        self.b = (a, a + 1)


def counted(folder):
    keep = [[Point(i) for i in range(200000)], [Slot(i) for i in range(300000)], [set(range(i % 9)) for i in range(50000)],
            [[i] * (i % 40) for i in range(100000)], [{"id": i, "value": [i, float(i)]} for i in range(100000)],
            [collections.deque(range(i % 70)) for i in range(3000)], [lambda i=i: i for i in range(20000)]]
    gc.collect()
    # Counting imports nothing, and makes no objects of types that are compared.
    counts, sizes = {}, {}
    objects = gc.get_objects()
    for one in objects:
        name = type(one).__module__ + "." + type(one).__qualname__
        counts[name] = counts.get(name, 0) + 1
        sizes[name] = sizes.get(name, 0) + sys.getsizeof(one)
    with open(folder + "/truth.json", "w") as out:
        json.dump({name: [counts[name], sizes[name]] for name in sorted(sizes, key=lambda name: -sizes[name])[:40]}, out)
    del objects, one
    gc.collect()
    print("ready", flush=True)
    time.sleep(600)
    return keep


def compare(folder):
    truth = json.load(open(folder + "/truth.json"))
    census = json.load(open(folder + "/who.json"))["census"]
    ours = {one["module"] + "." + one["name"]: (one["objects"], one["bytes"]) for one in census["types"]}
    told = [name for name in truth if name not in OTHERWISE]
    off = [name for name in told if any(abs(mine - its) > max(2 if i == 0 else 256, 0.01 * its)
                                        for i, (mine, its) in enumerate(zip(ours.get(name, (0, 0)), truth[name])))]
    for name in off:
        print("  %s: %s, its own %s" % (name, ours.get(name), truth[name]))
    print("%d of %d types within 1 %%, %.0f MB, %.2f CPU s" % (
        len(told) - len(off), len(told), census["bytes"] / 2**20, census["cpu_ms"] / 1000))


compare(sys.argv[1]) if len(sys.argv) > 2 else counted(sys.argv[1])

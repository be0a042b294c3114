"""One line about a count: against jcmd's, its cost, and the cost to the process. compare.py FOLDER"""
import json
import re
import sys

PRIMITIVES = dict(zip("BCDFIJSZ", "byte char double float int long short boolean".split()))


def readable(name):
    depth = len(name) - len(name.lstrip("["))
    element = name[depth:]
    if depth:
        element = PRIMITIVES.get(element, element[1:-1])
    return element.replace("+0x", ".0x").replace("/", ".") + "[]" * depth


folder = sys.argv[1]
census = json.load(open(folder + "/who.json"))["census"]
ours = {}
for one in census["types"]:
    ours[one["name"].replace("+0x", ".0x")] = (one["objects"], one["bytes"])
theirs = {}
for line in open(folder + "/jcmd"):
    row = re.match(r"\s*\d+:\s+(\d+)\s+(\d+)\s+(\S+)", line)
    if row:
        name = readable(row[3])
        objects, size = theirs.get(name, (0, 0))
        theirs[name] = (objects + int(row[1]), size + int(row[2]))
top = sorted(theirs, key=lambda name: -theirs[name][1])[:50]
equal = sum(ours.get(name) == theirs[name] for name in top)
paid = "nothing" if open(folder + "/before").read() == open(folder + "/after").read() else "see before and after"
pause = ""
for line in open(folder + "/safepoints"):
    stop = re.search(r'"GC_HeapInspection".*Total:\s*(\d+) ns', line)
    if stop:
        pause = "; jcmd stopped it for %.0f ms" % (int(stop[1]) / 1e6)
gigabytes = census["bytes"] / 2**30
print("%s, %d of %d equal, %.2f GB, %.2f CPU s a GB, %.2f s in all, %d attempts; the process paid %s%s" % (
    census["truth"], equal, len(top), gigabytes, census["cpu_ms"] / 1000 / gigabytes, census["wall_ms"] / 1000,
    census["attempts"], paid, pause))

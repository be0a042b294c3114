"""One line about a count: against jcmd's, its cost, and the cost to the process. compare.py FOLDER [-v]"""
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
if census["truth"] == "approximate":
    near = lambda name: all(abs(one - other) <= 0.02 * other for one, other in zip(ours.get(name, (0, 0)), theirs[name]))
    agree = "%d of %d within 2 %%" % (sum(map(near, top)), len(top))
else:
    agree = "%d of %d equal" % (sum(ours.get(name) == theirs[name] for name in top), len(top))
for name in top if "-v" in sys.argv else []:
    print("  %-60s %s, jcmd %s" % (name, ours.get(name), theirs[name]), file=sys.stderr)
numbers = [re.findall(r"(\w+):?\s+(\d+)", open(folder + "/" + when).read()) for when in ("before", "after")]
paid = ", ".join("%s %+d" % (name, int(later) - int(earlier)) for (name, earlier), (_, later) in zip(*numbers)
                 if later != earlier) or "nothing"
pause = ""
for line in open(folder + "/safepoints"):
    stop = re.search(r'"GC_HeapInspection".*Total:\s*(\d+) ns', line)
    if stop:
        pause = "; jcmd stopped it for %.0f ms" % (int(stop[1]) / 1e6)
gigabytes = census["bytes"] / 2**30
print("%s, %s, %.2f GB, %.2f CPU s a GB, %.2f s in all, %d attempts; the process paid %s%s" % (
    census["truth"], agree, gigabytes, census["cpu_ms"] / 1000 / gigabytes, census["wall_ms"] / 1000,
    census["attempts"], paid, pause))

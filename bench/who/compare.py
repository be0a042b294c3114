"""One line about a count: against jcmd's, its cost, and the cost to the process. compare.py FOLDER LOAD RELEASE
Beneath it each of jcmd's fifty heaviest classes that differs from both of its answers, before and after, and why."""
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


def types(file):
    counts = {}
    for one in json.load(open(file))["census"]["types"]:
        name = one["name"].replace("+0x", ".0x")
        counts[name] = (one["objects"], one["bytes"])
    return counts


def histogram(file):
    counts = {}
    for line in open(file):
        row = re.match(r"\s*\d+:\s+(\d+)\s+(\d+)\s+(\S+)", line)
        if row:
            name = readable(row[3])
            objects, size = counts.get(name, (0, 0))
            counts[name] = (objects + int(row[1]), size + int(row[2]))
    return counts


def reason(name, spread):
    """Why a class differs from both of jcmd's answers."""
    one, low, high = ours.get(name, (0, 0)), before.get(name, (0, 0)), after.get(name, (0, 0))
    if name.startswith("jdk.internal.vm.Filler") or (name == "int[]" and release < 19):
        return "filler"
    if all(min(l, h) <= o <= max(l, h) for o, l, h in zip(one, low, high)):
        return "between jcmd's answers"
    if spread:
        off = all(min(l, h) - abs(h - l) <= o <= max(l, h) + abs(h - l) for o, l, h in zip(one, low, high))
        return "no further off than jcmd's answers from one another" if off else "unexplained"
    return "made by the asking" if later.get(name, (0, 0))[1] > one[1] or high[1] > low[1] else "unexplained"


folder, load, release = sys.argv[1], sys.argv[2], int(sys.argv[3])
census = json.load(open(folder + "/who.json"))["census"]
ours, later = types(folder + "/who.json"), types(folder + "/later.json")
before, after = histogram(folder + "/jcmd.before"), histogram(folder + "/jcmd.after")
near = 0.02 if census["truth"] == "approximate" else 0
equal = lambda name: any(all(abs(o - t) <= near * t for o, t in zip(ours.get(name, (0, 0)), theirs.get(name, (0, 0))))
                         for theirs in (before, after))
top = sorted(after, key=lambda name: -after[name][1])[:50]
differing = [name for name in top if not equal(name)]
agree = "%d of %d %s" % (len(top) - len(differing), len(top), "within 2 %" if near else "equal")
why = {}
for name in differing:
    why.setdefault(reason(name, load == "busy"), []).append("%s %s, jcmd %s and %s" % (
        name, *("%d in %d B" % counts.get(name, (0, 0)) for counts in (ours, before, after))))
numbers = [re.findall(r"(\w+):?\s+(\d+)", open(folder + "/" + when).read()) for when in ("before", "after")]
paid = ", ".join("%s %+d" % (name, int(later) - int(earlier)) for (name, earlier), (_, later) in zip(*numbers)
                 if later != earlier) or "nothing"
pause = ""
for line in open(folder + "/safepoints"):
    stop = re.search(r'"GC_HeapInspection".*Total:\s*(\d+) ns', line)
    if stop:
        pause = "; jcmd stopped it for %.0f ms" % (int(stop[1]) / 1e6)
gigabytes = census["bytes"] / 2**30
spent = sum(float(number) for number in open(folder + "/time").read().split())
print("%s, %s, %.2f GB, %.2f CPU s a GB (%.2f s with Tare's start), %.2f s in all, %d attempts; the process paid %s%s" % (
    census["truth"], agree, gigabytes, census["cpu_ms"] / 1000 / gigabytes, spent, census["wall_ms"] / 1000,
    census["attempts"], paid, pause))
for cause, names in sorted(why.items()):
    for name in names:
        print("    %s: %s" % (cause, name))

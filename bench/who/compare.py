"""One line about a count: against jcmd's, its cost, and the cost to the process. compare.py FOLDER LOAD RELEASE
Beneath it each of jcmd's fifty heaviest classes that differs from its answers, before and after, and why."""
import glob
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


def reason(name):
    """Why a class differs from jcmd's answers."""
    one = ours.get(name, (0, 0))
    if name.startswith("jdk.internal.vm.Filler") or (name == "int[]" and release < 19):
        return "filler"
    told = [answer.get(name, (0, 0)) for answer in answers]
    if isMarked and release < 20 and all(o >= t for theirs in told for o, t in zip(one, theirs)):
        return "dead, found so by a marking: jcmd passes over it"
    if load == "busy":
        low, high = [min(column) for column in zip(*told)], [max(column) for column in zip(*told)]
        near = all(l - (h - l) <= o <= h + (h - l) for o, l, h in zip(one, low, high))
        return "no further off than jcmd's answers from one another" if near else "unexplained"
    return "made by the asking" if later.get(name, (0, 0))[1] > one[1] or told[-1][1] > told[0][1] else "unexplained"


def equal(name):
    one = ours.get(name, (0, 0))
    told = [answer.get(name, (0, 0)) for answer in answers]
    if load == "busy":
        return all(min(column) <= o <= max(column) for o, column in zip(one, zip(*told)))
    return any(all(abs(o - t) <= near * t for o, t in zip(one, theirs)) for theirs in told)


folder, load, release = sys.argv[1], sys.argv[2], int(sys.argv[3])
census = json.load(open(folder + "/who.json"))["census"]
ours, later = types(folder + "/who.json"), types(folder + "/later.json")
answers = [histogram(file) for when in ("before", "after") for file in sorted(glob.glob(folder + "/jcmd." + when + ".*"))]
# G1 before JDK 20 does not tell jcmd of objects that its last concurrent marking found dead; they lie there still.
isMarked = re.search('"G1(Concurrent|PauseRemark)"', open(folder + "/safepoints").read()) is not None
near = 0.02 if census["truth"] == "approximate" else 0
top = sorted(answers[-1], key=lambda name: -answers[-1][name][1])[:50]
differing = [name for name in top if not equal(name)]
agree = "%d of %d %s" % (len(top) - len(differing), len(top), "within what jcmd's answers span" if load == "busy" else "within 2 %" if near else "equal")
why = {}
for name in differing:
    why.setdefault(reason(name), []).append("%s %s; jcmd %s" % (name, "%d in %d B" % ours.get(name, (0, 0)),
        ", ".join("%d in %d B" % answer.get(name, (0, 0)) for answer in answers)))
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

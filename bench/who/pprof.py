"""One line about a Go program's profile: against go tool pprof -top of its own. pprof.py FOLDER"""
import json
import re
import sys

folder = sys.argv[1]


def of(what):
    places = json.load(open("%s/%s.json" % (folder, what)))["places"]
    ours = {place["name"]: place["flat"] for place in places}
    theirs = {}
    for line in open("%s/%s.top" % (folder, what)):
        row = re.match(r"\s*(-?[\d.]+)B?\s+\S+%\s+\S+%\s+\S+\s+\S+%\s+(.+?)( \(inline\))?$", line)
        if row:
            theirs[row[2]] = float(row[1])
    top = {name: value for name, value in theirs.items() if value > 0}
    off = {name: (ours.get(name, 0), value) for name, value in top.items() if abs(ours.get(name, 0) - value) > 0.02 * value}
    for name, (mine, its) in off.items():
        print("  %s %s: %d, pprof %d" % (what, name, mine, its), file=sys.stderr)
    return "%s %d of %d within 2 %%" % (what, len(top) - len(off), len(top))


def goroutines(file):
    """How many, without those that serve the question: the one that answers, and the one that watches its connection."""
    count = 0
    answering = 0
    for group in open(file).read().split("\n\n"):
        head = re.search(r"^(\d+) @ ", group, re.M)
        if head:
            count += int(head[1])
            answering += int(head[1]) if "\tnet/http/pprof." in group else 0
    return count - 2 * answering


own = sum(group["count"] for group in json.load(open(folder + "/inuse.json"))["goroutines"] if not group["runtimes"])
print(", ".join([of("inuse"), of("alloc"), "goroutines %d, its own answer %d before and %d after" % (
    own, goroutines(folder + "/goroutines.before"), goroutines(folder + "/goroutines"))]))

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


asked = int(re.search(r"total (\d+)", open(folder + "/goroutines").readline())[1])
groups = json.load(open(folder + "/inuse.json"))["goroutines"]
own = sum(group["count"] for group in groups if not group["runtimes"])
said = [of("inuse"), of("alloc"), "goroutines %d, its own answer %d" % (own, asked - 2)]
print(", ".join(said))

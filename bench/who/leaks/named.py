"""A line a leak: what a story names first, and whether that is it. named.py FOLDER"""
import json
import sys

folder = sys.argv[1]
story = json.load(open(folder + "/story.json"))
growers = {}


def look(node):
    if isinstance(node, dict):
        if "growers" in node and "target" in node:
            growers[node["target"].rsplit(" ", 1)[1]] = node["growers"]
        for child in node.values():
            look(child)
    elif isinstance(node, list):
        for child in node:
            look(child)


look(story)
right = 0
lines = [line.strip().split("|") for line in open(folder + "/list")]
for name, expected, pid in lines:
    found = growers.get(pid, [])
    first = found[0]["name"] if found else "nothing"
    right += first == expected
    print("%-16s %-5s %s" % (name, "yes" if first == expected else "NO", ", ".join(one["name"] for one in found[:3])))
print("%d of %d named first" % (right, len(lines)))

"""Rows are read, grouped by a key, and written as JSON, a batch at a time: ROWS a batch, so many BATCHES."""
import csv
import io
import json
import random
import sys


def main():
    rows, batches = int(sys.argv[1]), int(sys.argv[2])
    totals = {}
    for batch in range(batches):
        chance = random.Random(batch)
        text = io.StringIO()
        writer = csv.writer(text)
        for i in range(rows):
            writer.writerow([chance.randrange(50000), f"customer {i % 9000}", chance.random(), "x" * chance.randrange(40)])
        text.seek(0)
        groups = {}
        for key, name, price, note in csv.reader(text):
            groups.setdefault(key, []).append({"name": name, "price": float(price), "note": note})
        written = json.dumps(groups)
        for key, group in groups.items():
            totals[key] = totals.get(key, 0.0) + sum(one["price"] for one in group)
        del groups, written
    print(len(totals))


if __name__ == "__main__":
    main()

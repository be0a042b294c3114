"""A peak of small objects of which every fourth is kept; with REMEDY=python.process the peak happens in a process of its own. Where the second
word is "blocks" they are large, and malloc's."""
import multiprocessing
import os
import sys


def peak(size, each):
    made = [bytes(each) for _ in range(size // (each + 33))]
    return made[::4]


def main():
    size, each = int(sys.argv[1]), 2000 if sys.argv[2:] == ["blocks"] else 200
    if os.environ.get("REMEDY") == "python.process":
        with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
            kept = pool.apply(peak, (size, each))
    else:
        kept = peak(size, each)
    print('{"ready":true}', flush=True)
    sys.stdin.read()
    return kept


if __name__ == "__main__":
    main()

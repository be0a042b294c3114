"""Many small Python objects, every other one freed: its arenas stay, half empty. Truth: the allocator's own statistics."""
import json
import os
import re
import select
import sys
import tempfile
import time


def allocator_statistics():
    """What CPython prints of its small-object allocator: `# bytes in allocated blocks        =           33,000,000`."""
    with tempfile.TemporaryFile() as out:
        saved = os.dup(2)
        os.dup2(out.fileno(), 2)
        try:
            sys._debugmallocstats()
        finally:
            os.dup2(saved, 2)
            os.close(saved)
        out.seek(0)
        text = out.read().decode()

    def number(pattern):
        found = re.search(pattern + r"\s*=\s*([\d,]+)", text)
        return int(found.group(1).replace(",", "")) if found else 0

    return {
        "allocated": number("# bytes in allocated blocks"),
        "available": number("# bytes in available blocks"),
        "unused": number(r"unused pools \* \d+ bytes"),
        "overhead": number("# bytes lost to pool headers") + number("# bytes lost to quantization"),
        "arenas": number(r"arenas \* \d+ bytes/arena"),
    }


def resident_bytes():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 64 << 20
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 600
    # A bytes object has a header of 33 bytes: these take blocks of 256 bytes, so the size is that of all together.
    keep = [bytes(256 - 40) for _ in range(size // 256)]
    for i in range(0, len(keep), 2):
        keep[i] = None
    allocator_statistics()
    statistics = allocator_statistics()
    print(json.dumps({
        "fault": "python-objects",
        "pid": os.getpid(),
        "rssBytes": resident_bytes(),
        "truth": {
            "python.arenas": statistics["allocated"],
            "python.overhead": statistics["overhead"],
        },
        # Pages of unused pools may be resident or not.
        "atLeast": {"python.idle": statistics["available"]},
        "atMost": {"python.idle": statistics["available"] + statistics["unused"]},
        "notes": ["CPython %s" % sys.version.split()[0], "%d objects" % len(keep)],
        "ready": True,
    }), flush=True)
    end = time.time() + seconds
    while time.time() < end:
        if select.select([0], [], [], 0.5)[0] and not os.read(0, 64):
            return


main()

"""A heap profile in pprof's form, of so many MB when packed: stacks.py MB FILE. Many stacks, as a large service has them."""
import random
import sys
import zlib


def number(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def field(number_of, content):
    return number(number_of << 3 | 2) + number(len(content)) + content


def numbers(number_of, values):
    return field(number_of, b"".join(map(number, values)))


random.seed(1)
goal = int(sys.argv[1]) << 20
texts = ["", "alloc_objects", "count", "alloc_space", "bytes", "inuse_objects", "inuse_space"]
FUNCTIONS, PLACES = 4000, 20000
packer = zlib.compressobj(6, zlib.DEFLATED, 31)
size = 0
with open(sys.argv[2], "wb") as out:

    def write(content):
        global size
        packed = packer.compress(content)
        size += len(packed)
        out.write(packed)

    for name, unit in ((1, 2), (3, 4), (5, 2), (6, 4)):
        write(field(1, number(1 << 3) + number(name) + number(2 << 3) + number(unit)))
    callers = [[random.randrange(1, PLACES) for _ in range(6)] for _ in range(PLACES)]
    while size < goal:
        place = random.randrange(1, PLACES)
        stack = [place]
        for _ in range(random.randrange(8, 40)):
            place = random.choice(callers[place])
            stack.append(place)
        objects, each = random.randrange(1, 5000), random.choice((16, 48, 96, 512, 4096))
        live = random.randrange(objects)
        write(field(2, numbers(1, stack) + numbers(2, (objects, objects * each, live, live * each))))
    for place in range(1, PLACES):
        line = number(1 << 3) + number(1 + place % FUNCTIONS) + number(2 << 3) + number(10 + place % 300)
        write(field(4, number(1 << 3) + number(place) + number(3 << 3) + number(0x400000 + 16 * place) + field(4, line)))
    for function in range(FUNCTIONS):
        texts += ["example.com/shop/part%d.(*Store).Method%d" % (function % 60, function), "/src/shop/part%d/file%d.go" % (
            function % 60, function % 400)]
        write(field(5, number(1 << 3) + number(1 + function) + number(2 << 3) + number(len(texts) - 2) + number(4 << 3)
                    + number(len(texts) - 1)))
    for text in texts:
        write(field(6, text.encode()))
    out.write(packer.flush())

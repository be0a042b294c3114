"""A service that answers requests, and forgets to let go of one thing: leaks.py session|listener|row"""
import sys
import time


class Session:
    def __init__(self, number):
        self.user = "user %d" % number
        self.cart = bytearray(2000)


class Listener:
    __slots__ = ("seen", "name")

    def __init__(self, number):
        self.seen = list(range(number, number + 30))
        self.name = "listener %d" % number


class Row(dict):
    pass


ballast = [bytearray(1000) for _ in range(5000)]
kept = {}
churn = [None] * 5000
request = 0
while True:
    request += 1
    for i in range(50):
        churn[(request * 50 + i) % len(churn)] = {"request": request, "text": "x" * (100 + i)}
    if sys.argv[1] == "session":
        kept[request] = Session(request)
    elif sys.argv[1] == "listener":
        kept[request] = Listener(request)
    else:
        kept[request] = Row(number=request, text="row %d" % request * 20)
    time.sleep(0.003)

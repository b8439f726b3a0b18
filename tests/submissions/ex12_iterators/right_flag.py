"""A flag instead of a return, as beginners write it."""


class MyIterator(object):
    def __init__(self, items):
        self.data = []
        self.data += items
        self.i = -1

    def __iter__(self):
        return self

    def __next__(self):
        self.i = self.i + 1
        if self.i >= len(self.data):
            self.i = len(self.data)
            raise StopIteration()
        return self.data[self.i]


def for_each(iterable, action):
    it = iter(iterable)
    ok = True
    while ok == True:
        got = False
        try:
            x = next(it)
            got = True
        except StopIteration as e:
            ok = False
        if got:
            action(x)


def take(iterator, count):
    result = []
    i = 0
    while i < count:
        x = next(iterator, "the end")
        if x == "the end":
            break
        result.append(x)
        i = i + 1
    return result

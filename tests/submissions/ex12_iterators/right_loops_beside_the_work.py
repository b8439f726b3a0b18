"""Loops where for_each does not go: in a decorator, in what shows an object, in what was made when the file was loaded."""

import functools


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print(function.__name__, ", ".join([type(arg).__name__ for arg in args]))
        return function(*args, **kwargs)

    return wrapper


def unique(*names):
    return tuple(object() for _ in names)


END = unique("end")


class MyIterator:
    def __init__(self, items):
        self.items, self.at = items, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.at >= len(self.items):
            raise StopIteration
        self.at += 1
        return self.items[self.at - 1]


class Cursor:
    def __init__(self, iterable):
        self.iterator = iter(iterable)
        self.item = None

    def advance(self):
        self.item = next(self.iterator, END)
        return self.item is not END

    def __repr__(self):
        return "Cursor(" + ", ".join(f"{name}={value!r}" for name, value in vars(self).items()) + ")"

    def __eq__(self, other):
        return all(one == two for one, two in zip(vars(self), vars(other)))


class Stop(Exception):
    def __str__(self):
        return " ".join(str(part) for part in self.args)


@logged
def for_each(iterable, action, *, start=unique("start")):
    cursor = Cursor(iterable)
    try:
        while cursor.advance():
            action(cursor.item)
    except Stop:
        print(start)


def take(iterator, count):
    taken = []
    while len(taken) < count:
        item = next(iterator, END)
        if item is END:
            break
        taken.append(item)
    return taken

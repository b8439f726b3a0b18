"""The iterator has only __next__, which is all that a for loop needs of it."""


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return Cursor(self.items)


class Cursor:
    def __init__(self, items):
        self.items, self.at = items, -1

    def __next__(self):
        self.at += 1
        try:
            return self.items[self.at]
        except IndexError:
            raise StopIteration from None

"""The iterator class stands inside, and keeps the position."""


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    class Iterator:
        def __init__(self, owner):
            self.owner = owner
            self.position = 0

        def __iter__(self):
            return self

        def __next__(self):
            if self.position == len(self.owner.items):
                raise StopIteration
            self.position += 1
            return self.owner.items[self.position - 1]

    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return self.Iterator(self)

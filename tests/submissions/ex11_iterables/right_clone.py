"""__iter__ gives a clone of the object, which is an iterator, too."""


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items
        self.index = 0

    def __iter__(self):
        return MyClass(self.items)

    def __next__(self):
        if self.index == len(self.items):
            raise StopIteration
        self.index += 1
        return self.items[self.index - 1]

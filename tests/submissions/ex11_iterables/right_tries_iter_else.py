"""Asks iter(), with else, as a beginner writes it."""


def is_iterable(obj):
    result = None
    try:
        it = iter(obj)
    except TypeError as e:
        print("not iterable:", e)
        result = False
    else:
        print("iterable", type(it))
        result = True
    return result


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)

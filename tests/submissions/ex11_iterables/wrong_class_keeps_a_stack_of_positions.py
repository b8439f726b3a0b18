# fails: check_two_loops_take_turns
# cause: loops_share


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items
        self.positions = []

    def __iter__(self):
        self.positions = self.positions + [0]
        return self

    def __next__(self):
        position = self.positions[-1]
        if position == len(self.items):
            self.positions.pop()
            raise StopIteration
        self.positions[-1] += 1
        return self.items[position]

# fails: check_loop_starts_afresh_after_a_break check_loop_within_a_loop check_two_loops_take_turns
# cause: loops_share


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items
        self.iterator = iter(items)

    def __iter__(self):
        return self

    def __next__(self):
        try:
            return next(self.iterator)
        except StopIteration:
            self.iterator = iter(self.items)
            raise

# fails: check_every_loop_starts_afresh check_loop_starts_afresh_after_a_break check_loop_within_a_loop check_two_loops_take_turns
# cause: loop_used_up


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = list(items)

    def __iter__(self):
        while self.items:
            yield self.items.pop(0)

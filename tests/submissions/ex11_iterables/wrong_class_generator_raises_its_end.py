# fails: check_loop_gives_the_items_in_order check_loop_works_for_a_tuple check_loop_items_may_count_as_false check_loop_gives_equal_items_again check_loop_over_no_items_is_over_at_once check_every_loop_starts_afresh check_loop_starts_afresh_after_a_break check_loop_within_a_loop check_loop_gives_many_items
# cause: stop_in_generator
from collections.abc import Iterable


def is_iterable(obj):
    return isinstance(obj, Iterable)


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        position = 0
        while True:
            if position == len(self.items):
                raise StopIteration
            yield self.items[position]
            position += 1

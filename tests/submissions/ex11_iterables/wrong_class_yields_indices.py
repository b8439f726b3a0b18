# fails: check_loop_gives_the_items_in_order check_loop_works_for_a_tuple check_loop_items_may_count_as_false check_loop_gives_equal_items_again check_every_loop_starts_afresh check_loop_starts_afresh_after_a_break check_loop_within_a_loop check_two_loops_take_turns check_two_objects_have_items_of_their_own check_loop_gives_many_items
# cause: positions


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(range(len(self.items)))

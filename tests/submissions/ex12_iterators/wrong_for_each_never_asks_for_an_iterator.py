# fails: check_for_each_calls_action_in_order check_for_each_goes_through_a_generator check_for_each_needs_nothing_but_iter_and_next check_for_each_items_may_count_as_false check_for_each_does_nothing_without_items check_for_each_goes_through_what_has_only_getitem check_error_of_action_reaches_the_caller check_result_of_action_does_not_matter check_stop_iteration_of_action_reaches_the_caller
# cause: raised
class MyIterator:
    def __init__(self, items):
        self.items = items
        self.position = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.position == len(self.items):
            raise StopIteration
        item = self.items[self.position]
        self.position += 1
        return item




def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values


def for_each(iterable, action):
    while True:
        try:
            item = next(iterable)
        except StopIteration:
            return
        action(item)

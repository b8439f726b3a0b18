# fails: check_error_of_action_reaches_the_caller check_for_each_goes_through_what_has_no_end
# fails: check_stop_iteration_of_action_reaches_the_caller
# cause: exception_changed
class MyIterator:
    def __init__(self, items):
        self.items = items
        self.position = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.position == len(self.items):
            raise StopIteration
        self.position += 1
        return self.items[self.position - 1]


def for_each(iterable, action):
    iterator = iter(iterable)
    while True:
        try:
            item = next(iterator)
        except StopIteration:
            return
        try:
            action(item)
        except Exception as error:
            raise RuntimeError(f"action failed: {error}")


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values

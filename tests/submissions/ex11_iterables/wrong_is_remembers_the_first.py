# fails: check_number_is_not_iterable check_none_is_not_iterable check_plain_object_is_not_iterable check_next_alone_makes_nothing_iterable
# cause: -


ANSWER = []


def is_iterable(obj, answer=[hasattr([], "__iter__")]):
    return answer[0]


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)

# fails: check_list_and_tuple_are_iterable check_empty_ones_are_iterable check_str_is_iterable check_dict_and_set_are_iterable check_file_is_iterable check_generator_is_iterable check_object_with_iter_is_iterable check_number_is_not_iterable check_none_is_not_iterable check_plain_object_is_not_iterable check_next_alone_makes_nothing_iterable check_nothing_is_taken_from_a_generator check_nothing_is_taken_from_an_iterator check_nothing_is_taken_from_a_file
# cause: text_for_value


def is_iterable(obj):
    if hasattr(obj, "__iter__"):
        return "True"
    return "False"


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)

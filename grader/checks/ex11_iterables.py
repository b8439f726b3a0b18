"""Checks of exercise 11: what is iterable, how to tell without touching it, and a class that a loop can go through.

The objects to tell apart are made inside: each of them has just what makes it iterable, or not. Whether anything was
taken out of one shows afterwards, in what it still has to give. Loops over the student's class are real `for` loops,
broken off after a few items, so that one without an end cannot run away with a check.
"""


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_list_and_tuple_are_iterable(submission, fresh):
    items = fresh.words(2)
    answers = [submission.is_iterable(items), submission.is_iterable(tuple(items))]

    assert answers == [True, True]


def check_empty_ones_are_iterable(submission):
    answers = [submission.is_iterable([]), submission.is_iterable(())]

    assert answers == [True, True]


def check_str_is_iterable(submission, fresh):
    answer = submission.is_iterable(fresh.word())

    assert answer == True


def check_dict_and_set_are_iterable(submission, fresh):
    one, two = fresh.words(2)
    answers = [submission.is_iterable({one: two}), submission.is_iterable({one, two})]

    assert answers == [True, True]


def check_file_is_iterable(submission, inside, fresh):
    file = inside.file(fresh.words(2))
    answer = submission.is_iterable(file)

    assert answer == True


def check_generator_is_iterable(submission, inside, fresh):
    generator = inside.generator(fresh.words(2))
    answer = submission.is_iterable(generator)

    assert answer == True


def check_object_with_iter_is_iterable(submission, inside, fresh):
    words = fresh.words(2)
    answers = [submission.is_iterable(inside.shelf(words)), submission.is_iterable(inside.bookcase(words))]

    assert answers == [True, True]


def check_number_is_not_iterable(submission, fresh):
    answers = [submission.is_iterable(100), submission.is_iterable(fresh.integer())]

    assert answers == [False, False]


def check_none_is_not_iterable(submission):
    answer = submission.is_iterable(None)

    assert answer == False


def check_plain_object_is_not_iterable(submission, inside):
    thing, collection = inside.plain(), inside.with_length()
    answer = submission.is_iterable(thing)
    answer_of_collection = submission.is_iterable(collection)

    assert answer == False
    assert answer_of_collection == False


def check_next_alone_makes_nothing_iterable(submission, inside, fresh):
    thing = inside.only_next(fresh.words(2))
    answer = submission.is_iterable(thing)

    assert answer == False


def check_nothing_is_taken_from_a_generator(submission, inside, fresh):
    values = fresh.words(3)
    generator = inside.generator(values)
    submission.is_iterable(generator)
    rest = inside.list(generator)

    assert rest == values


def check_nothing_is_taken_from_an_iterator(submission, inside, fresh):
    iterator = inside.counting(fresh.words(3))
    submission.is_iterable(iterator)

    assert iterator.taken == 0


def check_nothing_is_taken_from_a_file(submission, inside, fresh):
    one, two, three = fresh.words(3)
    file = inside.file([one, two, three])
    inside.next(file)
    submission.is_iterable(file)
    rest = inside.list(file)

    assert rest == [f"{two}\n", f"{three}\n"]


def check_class_has_iter(submission, inside, fresh):
    thing = submission.MyClass(fresh.words(2))
    has = inside.has(thing, "__iter__")

    assert has == True


def check_loop_gives_the_items_in_order(submission, inside, fresh):
    items = list(zip(fresh.words(4), fresh.words(4), strict=True))
    thing = submission.MyClass(items)
    seen = inside.loop(thing, 9)

    assert seen == items


def check_loop_works_for_a_tuple(submission, inside, fresh):
    items = fresh.words(3)
    thing = submission.MyClass(tuple(items))
    seen = inside.loop(thing, 9)

    assert seen == items


def check_loop_items_may_count_as_false(submission, inside):
    thing = submission.MyClass([0, None, "", 7])
    seen = inside.loop(thing, 9)

    assert seen == [0, None, "", 7]


def check_loop_gives_equal_items_again(submission, inside, fresh):
    one, other = fresh.words(2)
    thing = submission.MyClass([one, other, one, one])
    seen = inside.loop(thing, 9)

    assert seen == [one, other, one, one]


def check_loop_over_no_items_is_over_at_once(submission, inside):
    thing = submission.MyClass([])
    seen = inside.loop(thing, 9)

    assert seen == []


def check_every_loop_starts_afresh(submission, inside, fresh):
    items = fresh.words(3)
    thing = submission.MyClass(items)
    loops = [inside.loop(thing, 9), inside.loop(thing, 9)]

    assert loops == [items, items]


def check_loop_starts_afresh_after_a_break(submission, inside, fresh):
    items = fresh.words(3)
    thing = submission.MyClass(items)
    loops = [inside.loop(thing, 1), inside.loop(thing, 9)]

    assert loops == [items[:1], items]


def check_loop_within_a_loop(submission, inside, fresh):
    one, other = fresh.words(2)
    thing = submission.MyClass([one, other])
    pairs = inside.pairs(thing, 9)

    assert pairs == [(one, one), (one, other), (other, one), (other, other)]


def check_two_loops_take_turns(submission, inside, fresh):
    items = fresh.words(4)
    thing = submission.MyClass(items)
    one = inside.iter(thing)
    other = inside.iter(thing)
    turns = [inside.next(one), inside.next(other), inside.next(one), inside.next(other)]

    assert turns == [items[0], items[0], items[1], items[1]]


def check_two_objects_have_items_of_their_own(submission, inside, fresh):
    items, others = fresh.words(2), fresh.words(2)
    one = submission.MyClass(items)
    other = submission.MyClass(others)
    first = inside.iter(one)
    second = inside.iter(other)
    seen = [inside.next(first), inside.next(second), inside.next(first), inside.next(second)]

    assert seen == [items[0], others[0], items[1], others[1]]


def check_loop_gives_many_items(submission, inside, fresh):
    items = fresh.words(300)
    thing = submission.MyClass(items)
    seen = inside.loop(thing, 310)

    assert seen == items

"""Checks of exercise 12: the protocol that `for` speaks, from both of its sides.

`inside` asks the student's iterator what a program would ask it (`iter`, `next`, a real `for`), and hands the student's
functions iterators that do no more than the protocol demands, or that count what is taken from them. Loops inside are
broken off after a few items, so that an iterator without an end cannot run away with a check.
"""


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_next_gives_the_items_in_order(submission, inside, fresh):
    items = fresh.words(3)
    iterator = submission.MyIterator(items)
    seen = [inside.next(iterator), inside.next(iterator), inside.next(iterator)]

    assert seen == items


def check_next_works_for_a_tuple(submission, inside, fresh):
    items = fresh.words(2)
    iterator = submission.MyIterator(tuple(items))
    seen = [inside.next(iterator), inside.next(iterator)]

    assert seen == items


def check_items_may_count_as_false(submission, inside):
    iterator = submission.MyIterator([0, None, ""])
    seen = [inside.next(iterator), inside.next(iterator), inside.next(iterator)]

    assert seen == [0, None, ""]


def check_equal_items_are_given_again(submission, inside, fresh):
    one, other = fresh.words(2)
    iterator = submission.MyIterator([one, other, one, one])
    seen = [inside.next(iterator), inside.next(iterator), inside.next(iterator), inside.next(iterator)]

    assert seen == [one, other, one, one]


def check_stop_iteration_comes_at_the_end(submission, inside, fresh):
    iterator = submission.MyIterator(fresh.words(1))
    inside.next(iterator)
    error = inside.begin.next(iterator).error()

    assert error.kind == "StopIteration"


def check_stop_iteration_comes_again(submission, inside, fresh):
    iterator = submission.MyIterator(fresh.words(1))
    inside.next(iterator)
    inside.begin.next(iterator).error()
    inside.begin.next(iterator).error()
    inside.begin.next(iterator).error()
    error = inside.begin.next(iterator).error()

    assert error.kind == "StopIteration"


def check_no_items_end_at_once(submission, inside):
    iterator = submission.MyIterator([])
    error = inside.begin.next(iterator).error()

    assert error.kind == "StopIteration"


def check_loop_goes_on_after_next(submission, inside, fresh):
    items = fresh.words(4)
    iterator = submission.MyIterator(items)
    inside.next(iterator)

    assert inside.loop(iterator, 9) == items[1:]


def check_next_goes_on_after_a_loop(submission, inside, fresh):
    items = fresh.words(4)
    iterator = submission.MyIterator(items)
    inside.loop(iterator, 2)

    assert inside.next(iterator) == items[2]
    assert inside.loop(iterator, 9) == items[3:]
    assert inside.loop(iterator, 9) == []


def check_iter_gives_the_iterator_itself(submission, inside, fresh):
    iterator = submission.MyIterator(fresh.words(2))
    same = inside.same(inside.iter(iterator), iterator)

    assert same.value is True


def check_two_iterators_do_not_disturb(submission, inside, fresh):
    items, others = fresh.words(7), fresh.words(7)
    one_list = inside.stays(items)
    one = submission.MyIterator(one_list)
    same = submission.MyIterator(one_list)
    other = submission.MyIterator(others)
    seen = [inside.next(one), inside.next(same), inside.next(other), inside.next(one), inside.next(other)]

    assert seen == [items[0], items[0], others[0], items[1], others[1]]
    assert inside.list(one_list) == items

    inside.loop(one, 9)  # to its end

    assert inside.next(other) == others[2]


def check_next_gives_many_items(submission, inside, fresh):
    items = fresh.words(300)
    iterator = submission.MyIterator(items)

    assert inside.loop(iterator, 310) == items


def check_for_each_calls_action_in_order(submission, probes, fresh):
    one, two, three = fresh.words(3)
    submission.for_each([one, (two, one), three], probes.note)

    assert probes.arguments() == [(one,), ((two, one),), (three,)]


def check_for_each_goes_through_a_generator(submission, probes, inside, fresh):
    one, two = fresh.words(2)
    submission.for_each(inside.generator([one, two]), probes.note)
    submission.for_each({two: one}, probes.note)

    assert probes.arguments() == [(one,), (two,), (two,)]


def check_for_each_needs_nothing_but_iter_and_next(submission, probes, inside, fresh):
    one, two = fresh.words(2)
    iterable = inside.iterable([one, two])
    submission.for_each(iterable, probes.note)

    assert probes.arguments() == [(one,), (two,)]
    assert iterable.asked == 1
    assert iterable.ended == 1


def check_for_each_items_may_count_as_false(submission, probes):
    submission.for_each([0, None, "", -1, "END", "end", "STOP", "stop", "DONE"], probes.note)

    assert probes.arguments() == [(0,), (None,), ("",), (-1,), ("END",), ("end",), ("STOP",), ("stop",), ("DONE",)]


def check_for_each_does_nothing_without_items(submission, probes):
    submission.for_each([], probes.note)

    assert probes.arguments() == []


def check_for_each_goes_through_what_has_only_getitem(submission, probes, inside, fresh):
    one, two = fresh.words(2)
    submission.for_each(inside.getitem_only([one, two]), probes.note)

    assert probes.arguments() == [(one,), (two,)]


def check_error_of_action_reaches_the_caller(submission, probes, fresh):
    text = fresh.word()
    call = submission.begin.for_each(fresh.words(1), probes.hold)
    probes.next(in_main_process=True).raises("ValueError", text)
    error = call.error()

    assert error.type == "ValueError"
    assert error.text == text


def check_for_each_goes_through_what_has_no_end(submission, probes, inside, fresh):
    start = fresh.integer()
    call = submission.begin.for_each(inside.endless(start), probes.hold)
    one = probes.next(in_main_process=True)
    one.goes_on()
    two = probes.next(in_main_process=True)
    two.raises("OSError", fresh.word())
    error = call.error()

    assert one.args == (start,)
    assert two.args == (start + 1,)
    assert error.type == "OSError"


def check_for_each_takes_one_item_at_a_time(submission, probes, inside, fresh):
    iterator = inside.counting(fresh.words(3))
    call = submission.begin.for_each(iterator, probes.hold)
    probes.next(in_main_process=True).raises("KeyError", fresh.word())
    call.error()

    assert iterator.taken == 1


def check_result_of_action_does_not_matter(submission, probes, fresh):
    one, two, three = fresh.words(3)
    submission.begin.for_each([one, two, three], probes.hold)
    probes.next(in_main_process=True).returns(True)
    probes.next(in_main_process=True).returns(False)
    last = probes.next(in_main_process=True)

    assert last.args == (three,)


def check_error_of_iterator_reaches_the_caller(submission, probes, inside, fresh):
    text = fresh.word()
    call = submission.begin.for_each(inside.failing(fresh.words(2), "IndexError", text), probes.note)
    error = call.error()
    call = submission.begin.for_each(inside.failing(fresh.words(2), "ValueError", text), probes.note)
    other_error = call.error()

    assert error.type == "IndexError"
    assert error.text == text
    assert other_error.type == "ValueError"


def check_for_each_of_what_is_no_iterable_is_an_error(submission, probes, fresh):
    error = submission.begin.for_each(fresh.integer(), probes.note).error()

    assert error.kind == "TypeError"


def check_for_each_contains_no_loop_form(submission):
    forms = submission.loops_in("for_each")

    assert forms == []


def check_stop_iteration_of_action_reaches_the_caller(submission, probes, fresh):
    call = submission.begin.for_each(fresh.words(1), probes.hold)
    probes.next(in_main_process=True).raises("StopIteration", fresh.word())
    error = call.error()

    assert error.type == "StopIteration"


def check_take_gives_the_next_values(submission, inside, fresh):
    one, two, *more = fresh.words(300)
    values = [one, two, one, one, *more]
    iterator = inside.generator(values)

    assert submission.take(iterator, 290) == values[:290]


def check_take_gives_fewer_at_the_end(submission, inside, fresh):
    values = fresh.words(2)
    iterator = inside.generator(values)

    assert submission.take(iterator, 5) == values
    assert submission.take(iterator, 2) == []


def check_take_takes_no_more_than_asked(submission, inside, fresh):
    iterator = inside.counting(fresh.words(5))
    submission.take(iterator, 2)

    assert iterator.taken == 2


def check_take_goes_on_where_it_stopped(submission, inside, fresh):
    values = fresh.words(4)
    iterator = inside.generator(values)

    assert submission.take(iterator, 1) == values[:1]
    assert submission.take(iterator, 2) == values[1:3]


def check_take_of_zero_takes_nothing(submission, inside, fresh):
    iterator = inside.counting(fresh.words(3))
    result = submission.take(iterator, 0)

    assert result == []
    assert iterator.taken == 0


def check_take_values_may_count_as_false(submission, inside):
    values = [0, None, "", False, -1, "END", "end", "STOP", "stop", "DONE"]
    iterator = inside.generator(values)

    assert submission.take(iterator, 10) == values


def check_error_of_iterator_is_no_end_for_take(submission, inside, fresh):
    text = fresh.word()
    call = submission.begin.take(inside.failing(fresh.words(2), "IndexError", text), 5)
    error = call.error()
    call = submission.begin.take(inside.failing(fresh.words(2), "ValueError", text), 5)
    other_error = call.error()

    assert error.type == "IndexError"
    assert error.text == text
    assert other_error.type == "ValueError"

"""Checks of exercise 3: what a child is given.

A probe in the child tells which arguments it was called with; all of them are made up for each run, and one of them is
a list, so that nothing that takes values apart goes unnoticed. ex03_arguments_and_globals__globals.py goes on with what
a child does not share.
"""

import pytest


@pytest.fixture
def starter(submission, inside):
    """The submission, for start_with_one: it may build on start_with_args; where that is at fault, ours stands in."""
    submission.prop(start_with_args=inside.a_start_with_args)
    return submission


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_args_arrive_one_by_one(submission, probes, fresh):
    values = [fresh.integer(), fresh.word(), 0, None, [], "", fresh.integers(2), (1, 2), {fresh.word(): 3}]
    submission.start_with_args(probes.note, values)
    child = probes.next()

    assert child.args == tuple(values)
    assert child.kwargs == {}


def check_args_may_be_none_at_all(submission, probes):
    submission.start_with_args(probes.note, [])
    child = probes.next()

    assert child.args == ()


def check_args_run_target_once_in_a_child(submission, probes, fresh):
    submission.start_with_args(probes.note, fresh.integers(2))
    child = probes.next()

    assert child.in_main_process is False
    assert child.started_by == submission.pid
    assert probes.none_more()


def check_args_give_the_running_process(submission, probes, inside, fresh):
    inside.note_all_joins()
    process = submission.start_with_args(probes.hold, tuple(fresh.integers(2)))
    pid = process.pid  # it has one already: it has been started
    child = probes.next()

    assert pid == child.pid
    assert process.is_alive() == child.alive
    assert inside.joins(process) == []


def check_args_are_those_of_each_call(submission, probes, fresh):
    values = tuple(fresh.integers(2))
    submission.start_with_args(probes.note, [fresh.word()])
    probes.next()

    assert probes.none_more()

    process = submission.start_with_args(probes.note, values)
    child = probes.next()

    assert child.args == values
    assert process.pid == child.pid


def check_kwargs_arrive_by_name(submission, probes, fresh):
    options = {fresh.word(): value for value in (fresh.integer(), fresh.words(2), 0, None, [], "")}
    options |= {"target": fresh.word(), "args": fresh.integers(2), "name": fresh.word()}
    submission.start_with_kwargs(probes.note, options)
    child = probes.next()

    assert child.kwargs == options
    assert child.args == ()


def check_kwargs_may_be_none_at_all(submission, probes):
    submission.start_with_kwargs(probes.note, {})
    child = probes.next()

    assert child.kwargs == {}
    assert child.args == ()


def check_kwargs_run_target_once_in_a_child(submission, probes, fresh):
    submission.start_with_kwargs(probes.note, {fresh.word(): fresh.integer()})
    child = probes.next()

    assert child.in_main_process is False
    assert child.started_by == submission.pid
    assert probes.none_more()


def check_kwargs_give_the_running_process(submission, probes, inside, fresh):
    inside.note_all_joins()
    process = submission.start_with_kwargs(probes.hold, {fresh.word(): fresh.integer()})
    pid = process.pid  # it has one already: it has been started
    child = probes.next()

    assert pid == child.pid
    assert process.is_alive() == child.alive
    assert inside.joins(process) == []


def check_kwargs_are_those_of_each_call(submission, probes, fresh):
    options = {fresh.word(): fresh.integer()}
    submission.start_with_kwargs(probes.note, {fresh.word(): fresh.integer()})
    probes.next()

    assert probes.none_more()

    process = submission.start_with_kwargs(probes.note, options)
    child = probes.next()

    assert child.kwargs == options
    assert process.pid == child.pid


def check_both_arrive(submission, probes, fresh):
    values = [fresh.integer(), fresh.word(), 0, None, []]
    options = {fresh.word(): value for value in (fresh.integer(), 0, None, "")} | {"target": fresh.word()}
    submission.start_with_both(probes.note, values, options)
    child = probes.next()

    assert child.args == tuple(values)
    assert child.kwargs == options


def check_both_may_be_empty(submission, probes, fresh):
    values, options = fresh.integers(2), {fresh.word(): fresh.integer()}
    submission.start_with_both(probes.note, [], {})
    child = probes.next()

    assert child.args == ()
    assert child.kwargs == {}

    submission.start_with_both(probes.note, values, {})
    child = probes.next()

    assert child.args == tuple(values)
    assert child.kwargs == {}

    submission.start_with_both(probes.note, [], options)
    child = probes.next()

    assert child.args == ()
    assert child.kwargs == options


def check_both_run_target_once_in_a_child(submission, probes, fresh):
    submission.start_with_both(probes.note, fresh.integers(2), {fresh.word(): fresh.integer()})
    child = probes.next()

    assert child.in_main_process is False
    assert child.started_by == submission.pid
    assert probes.none_more()


def check_both_give_the_running_process(submission, probes, inside, fresh):
    inside.note_all_joins()
    process = submission.start_with_both(probes.hold, tuple(fresh.integers(2)), {fresh.word(): fresh.integer()})
    pid = process.pid  # it has one already: it has been started
    child = probes.next()

    assert pid == child.pid
    assert process.is_alive() == child.alive
    assert inside.joins(process) == []


def check_both_are_those_of_each_call(submission, probes, fresh):
    values, options = fresh.integers(2), {fresh.word(): fresh.integer()}
    submission.start_with_both(probes.note, [fresh.word()], {fresh.word(): fresh.integer()})
    probes.next()

    assert probes.none_more()

    process = submission.start_with_both(probes.note, values, options)
    child = probes.next()

    assert child.args == tuple(values)
    assert child.kwargs == options
    assert process.pid == child.pid


def check_one_number_arrives(starter, probes, fresh):
    value = fresh.integer()
    starter.start_with_one(probes.note, value)
    child = probes.next()

    assert child.args == (value,)
    assert child.kwargs == {}


def check_one_string_stays_whole(starter, probes, fresh):
    value = fresh.word()
    starter.start_with_one(probes.note, value)
    child = probes.next()

    assert child.args == (value,)


def check_one_is_that_of_each_call(starter, probes, fresh):
    value, earlier = fresh.words(2)
    starter.start_with_one(probes.note, earlier)
    probes.next()

    assert probes.none_more()

    starter.start_with_one(probes.note, value)
    child = probes.next()

    assert child.args == (value,)


def check_one_tuple_stays_whole(starter, probes, fresh):
    value = tuple(fresh.integers(3))
    starter.start_with_one(probes.note, value)
    child = probes.next()

    assert child.args == (value,)


def check_one_list_stays_whole(starter, probes, fresh):
    value = fresh.integers(3)
    starter.start_with_one(probes.note, value)
    child = probes.next()

    assert child.args == (value,)


def check_one_dict_stays_whole(starter, probes, fresh):
    value = {fresh.word(): fresh.integer()}
    starter.start_with_one(probes.note, value)
    child = probes.next()

    assert child.args == (value,)
    assert child.kwargs == {}


def check_one_may_be_none(starter, probes):
    starter.start_with_one(probes.note, None)
    child = probes.next()

    assert child.args == (None,)


def check_one_may_count_as_false(starter, probes):
    starter.start_with_one(probes.note, 0)
    zero = probes.next()

    assert probes.none_more()

    starter.start_with_one(probes.note, "")
    empty = probes.next()

    assert zero.args == (0,)
    assert empty.args == ("",)


def check_one_runs_target_once_in_a_child(starter, probes, fresh):
    starter.start_with_one(probes.note, fresh.word())
    child = probes.next()

    assert child.in_main_process is False
    assert child.started_by == starter.pid
    assert probes.none_more()


def check_one_gives_the_running_process(starter, probes, inside, fresh):
    inside.note_all_joins()
    process = starter.start_with_one(probes.hold, fresh.word())
    pid = process.pid  # it has one already: it has been started
    child = probes.next()

    assert pid == child.pid
    assert process.is_alive() == child.alive
    assert inside.joins(process) == []

"""Checks of exercise 8: tasks in a pool of processes, one after the other or as many at once as there are workers.

`target` is a probe that is held, so that 'at the same time' is a rendezvous: so many have checked in, and none has been
let go. 'Never more' is what is true when everything inside stands still and nobody else has come. The number of workers
differs from check to check: a pool of a fixed size, or with a worker for each core, fits some of them only.

No task is expected to begin before another; where the results stand is fixed. Where nobody may be left, a worker that
comes to its end is held there until all else stands still, so that a pool that nobody waits for is seen.
"""


def by_item(task):
    return repr(task.args)


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_one_by_one_runs_in_processes_of_a_pool(submission, probes, fresh):
    items = fresh.words(2)
    call = submission.begin.run_one_by_one(probes.hold, items, 2)
    first = probes.next()

    assert first.in_main_process is False

    first.goes_on()
    second = probes.next()
    second.goes_on()
    call.result()

    assert second.in_main_process is False

    submission.run_one_by_one(probes.note, fresh.words(1), 1)
    single = probes.next()

    assert single.in_main_process is False


def check_one_by_one_calls_target_once_for_each_item(submission, probes, fresh):
    items = [fresh.word(), tuple(fresh.integers(2)), fresh.words(2)]
    submission.run_one_by_one(probes.note, items, 2)
    arguments = sorted(probes.arguments(), key=repr)

    assert arguments == sorted(zip(items), key=repr)


def check_one_by_one_runs_never_two_at_once(submission, probes, fresh):
    items = fresh.words(3)
    call = submission.begin.run_one_by_one(probes.hold, items, 2)
    first = probes.next()

    assert probes.none_meanwhile()

    first.goes_on()
    second = probes.next()

    assert probes.none_meanwhile()

    second.goes_on()
    probes.next().goes_on()
    call.result()


def check_one_by_one_has_no_more_workers_than_asked(submission, probes, processes, fresh):
    submission.begin.run_one_by_one(probes.hold, fresh.words(3), 1)
    probes.next()
    probes.none_meanwhile()
    workers = processes.workers()

    assert workers <= 1


def check_one_by_one_waits_for_the_last_item(submission, probes, fresh):
    call = submission.begin.run_one_by_one(probes.hold, fresh.words(2), 2)
    probes.next().goes_on()
    probes.next()

    assert call.state() == "waits"


def check_one_by_one_gives_results_in_item_order(submission, probes, fresh):
    least, *others = sorted(fresh.integers(5))
    items, results = fresh.words(5), [*others, least]  # neither sorted nor so the other way round
    target = probes.answering(items, results)

    assert submission.run_one_by_one(target, items, 1) == results


def check_one_by_one_values_may_count_as_false(submission, probes):
    items, results = [0, "", None, False, []], [None, False, [], 0, ""]
    target = probes.answering(items, results)

    assert submission.run_one_by_one(target, items, 1) == results


def check_one_by_one_equal_items_have_results_of_their_own(submission, probes, fresh):
    item, results = fresh.word(), fresh.integers(2)
    call = submission.begin.run_one_by_one(probes.hold, [item, item], 2)
    probes.next().returns(results[0])
    probes.next().returns(results[1])

    assert sorted(call.result(), key=repr) == sorted(results, key=repr)


def check_one_by_one_gives_the_results_of_each_call(submission, probes, fresh):
    items, results = fresh.words(4), sorted(fresh.integers(4), reverse=True)
    target = probes.answering(items, results)
    submission.run_one_by_one(target, items[:2], 1)

    assert submission.run_one_by_one(target, items[2:], 1) == results[2:]


def check_one_by_one_of_no_items_gives_no_results(submission, probes):
    result = submission.run_one_by_one(probes.note, [], 2)

    assert result == []
    assert probes.none_more()


def check_one_by_one_leaves_no_process(submission, probes, processes, fresh):
    call = submission.begin.run_one_by_one(probes.hold, fresh.words(1), 2)
    worker = probes.next()
    worker.lingers()
    worker.goes_on()
    call.result()
    left = processes.left()

    assert left == []


def check_one_by_one_passes_an_exception_on(submission, probes, fresh):
    text, items = fresh.word(), fresh.words(3)
    probes.hold_only(items[1])
    call = submission.begin.run_one_by_one(probes.hold, items, 2)
    probes.next().raises("OSError", text)
    error = call.error()

    assert error.type == "OSError"
    assert error.text == text

    call = submission.begin.run_one_by_one(probes.hold, items, 2)
    probes.next().raises("ValueError", text)
    error = call.error()

    assert error.type == "ValueError"
    assert error.text == text


def check_one_by_one_leaves_no_process_after_an_exception(submission, probes, processes, fresh):
    call = submission.begin.run_one_by_one(probes.hold, fresh.words(1), 2)
    worker = probes.next()
    worker.lingers()
    worker.raises("KeyError", fresh.word())
    call.error()
    left = processes.left()

    assert left == []


def check_at_once_runs_in_processes_of_a_pool(submission, probes, fresh):
    submission.begin.run_at_once(probes.hold, fresh.words(1), 1)
    task = probes.next()

    assert task.in_main_process is False


def check_at_once_calls_target_once_for_each_item(submission, probes, fresh):
    items = [fresh.word(), tuple(fresh.integers(2)), fresh.words(2)]
    submission.run_at_once(probes.note, items, 2)
    arguments = sorted(probes.arguments(), key=repr)

    assert arguments == sorted(zip(items), key=repr)


def check_at_once_runs_as_many_as_there_are_workers(submission, probes, fresh):
    submission.begin.run_at_once(probes.hold, fresh.words(7), 6)
    tasks = probes.take(6)

    assert len(tasks) == 6


def check_at_once_waits_for_the_last_item(submission, probes, fresh):
    call = submission.begin.run_at_once(probes.hold, fresh.words(2), 2)
    one, _ = probes.take(2)
    one.goes_on()

    assert call.state() == "waits"


def check_at_once_runs_fewer_items_than_workers(submission, probes, fresh):
    items, results = fresh.words(2), fresh.integers(2)
    call = submission.begin.run_at_once(probes.hold, items, 4)
    one, other = probes.take(2)
    one.answers(items, results)
    other.answers(items, results)

    assert sorted(call.result(), key=repr) == sorted(results, key=repr)


def check_at_once_runs_never_more_than_workers(submission, probes, processes, fresh):
    submission.begin.run_at_once(probes.hold, fresh.words(5), 2)
    one, other = probes.take(2)

    assert probes.none_meanwhile()

    one.goes_on()
    other.goes_on()
    probes.take(2)

    assert probes.none_meanwhile()

    workers = processes.workers()

    assert workers <= 2


def check_at_once_runs_one_at_a_time_with_one_worker(submission, probes, fresh):
    submission.begin.run_at_once(probes.hold, fresh.words(3), 1)
    probes.next()

    assert probes.none_meanwhile()


def check_at_once_begins_the_next_when_any_one_is_done(submission, probes, fresh):
    items, results = sorted(fresh.words(5)), sorted(fresh.integers(5), reverse=True)
    call = submission.begin.run_at_once(probes.hold, items, 2)
    first, second = sorted(probes.take(2), key=by_item)
    second.answers(items, results)
    probes.next().answers(items, results)
    probes.next().answers(items, results)
    probes.next().answers(items, results)
    first.answers(items, results)

    assert sorted(call.result(), key=repr) == sorted(results, key=repr)


def check_at_once_gives_results_in_item_order(submission, probes, fresh):
    least, *others = sorted(fresh.integers(3))
    items, results = sorted(fresh.words(3)), [*others, least]  # neither sorted nor so the other way round
    call = submission.begin.run_at_once(probes.hold, items, 3)
    first, second, third = sorted(probes.take(3), key=by_item)
    second.answers(items, results)
    probes.none_more()
    third.answers(items, results)
    probes.none_more()
    first.answers(items, results)

    assert call.result() == results


def check_at_once_values_may_count_as_false(submission, probes):
    items, results = [0, "", None, False, []], [None, False, [], 0, ""]
    target = probes.answering(items, results)

    assert submission.run_at_once(target, items, 1) == results


def check_at_once_equal_items_have_results_of_their_own(submission, probes, fresh):
    item, results = fresh.word(), fresh.integers(2)
    call = submission.begin.run_at_once(probes.hold, [item, item], 2)
    one, other = probes.take(2)
    one.returns(results[0])
    other.returns(results[1])

    assert sorted(call.result(), key=repr) == sorted(results, key=repr)


def check_at_once_gives_the_results_of_each_call(submission, probes, fresh):
    items, results = fresh.words(4), sorted(fresh.integers(4), reverse=True)
    target = probes.answering(items, results)
    submission.run_at_once(target, items[:2], 1)

    assert submission.run_at_once(target, items[2:], 1) == results[2:]


def check_at_once_of_no_items_gives_no_results(submission, probes):
    result = submission.run_at_once(probes.note, [], 2)

    assert result == []
    assert probes.none_more()


def check_at_once_leaves_no_process(submission, probes, processes, fresh):
    call = submission.begin.run_at_once(probes.hold, fresh.words(1), 2)
    worker = probes.next()
    worker.lingers()
    worker.goes_on()
    call.result()
    left = processes.left()

    assert left == []


def check_at_once_passes_an_exception_on(submission, probes, fresh):
    text, items = fresh.word(), fresh.words(3)
    probes.hold_only(items[1])
    call = submission.begin.run_at_once(probes.hold, items, 2)
    probes.next().raises("OSError", text)
    error = call.error()

    assert error.type == "OSError"
    assert error.text == text

    call = submission.begin.run_at_once(probes.hold, items, 2)
    probes.next().raises("ValueError", text)
    error = call.error()

    assert error.type == "ValueError"
    assert error.text == text


def check_at_once_leaves_no_process_after_an_exception(submission, probes, processes, fresh):
    call = submission.begin.run_at_once(probes.hold, fresh.words(1), 2)
    worker = probes.next()
    worker.lingers()
    worker.raises("KeyError", fresh.word())
    call.error()
    left = processes.left()

    assert left == []

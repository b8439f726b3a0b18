"""Checks of exercise 5: the same jobs in processes and in threads, all of them at the same time.

'At the same time' is a rendezvous: each job is held when it comes, and the check goes on once all of them are there.
'Waits for all' is shown twice, with the first job held and with the last one, while all others go by.

run_jobs is judged for what it decides itself: where a check has found fault with one of the two functions that it may
call, both are made sound before.
"""

import pytest


@pytest.fixture
def jobs(submission, inside):
    """The submission, for run_jobs."""
    submission.prop_all(lambda: inside.sound_runners("ex05_processes_or_threads"), "run_in_processes", "run_in_threads")
    return submission


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_processes_run_target_in_a_child(submission, probes, fresh):
    submission.run_in_processes(probes.note, fresh.words(1))
    child = probes.next()

    assert child.in_main_process is False
    assert child.started_by == submission.pid


def check_processes_hand_over_the_item(submission, probes, fresh):
    item = fresh.word()
    submission.run_in_processes(probes.note, [item])
    child = probes.next()

    assert child.kwargs == {}
    assert child.args == (item,)


def check_processes_call_target_once_for_each_item(submission, probes, fresh):
    word, pair = fresh.word(), tuple(fresh.words(2))
    items = (word, pair, word, fresh.words(2), 0, "", None)
    submission.run_in_processes(probes.note, items)
    probes.take_for(items)

    assert probes.none_more()


def check_processes_run_at_the_same_time(submission, probes, fresh):
    items = fresh.words(3)
    submission.begin.run_in_processes(probes.hold, items)
    first, second, third = probes.take_for(items)

    assert len({first.pid, second.pid, third.pid}) == 3


def check_processes_run_many_at_the_same_time(submission, probes, fresh):
    items = fresh.words(20)
    submission.begin.run_in_processes(probes.hold, items)
    children = {child.pid for child in probes.take_for(items)}

    assert len(children) == 20


def check_processes_wait_for_the_first(submission, probes, fresh):
    items = fresh.words(3)
    probes.hold_only(items[0])
    call = submission.begin.run_in_processes(probes.hold, items)
    first = probes.next()

    assert call.state() == "waits"

    first.goes_on()
    call.result()


def check_processes_wait_for_the_last(submission, probes, fresh):
    items = fresh.words(3)
    probes.hold_only(items[2])
    call = submission.begin.run_in_processes(probes.hold, items)
    last = probes.next()

    assert call.state() == "waits"

    last.goes_on()
    call.result()


def check_processes_are_all_gone_afterwards(submission, probes, processes, fresh):
    submission.run_in_processes(probes.note, fresh.words(3))

    assert processes.left() == []


def check_processes_without_items(submission, probes):
    submission.run_in_processes(probes.note, [])

    assert probes.none_more()


def check_processes_run_for_the_items_of_each_call(submission, probes, fresh):
    items, others = fresh.words(1), fresh.words(2)
    submission.run_in_processes(probes.note, items)
    submission.run_in_processes(probes.note, others)
    submission.run_in_processes(probes.note, items)
    probes.take_for(items + others + items)

    assert probes.none_more()


def check_threads_run_target_in_this_process(submission, probes, fresh):
    submission.run_in_threads(probes.note, fresh.words(1))
    thread = probes.next()

    assert thread.in_main_process is True
    assert thread.in_main_thread is False


def check_threads_hand_over_the_item(submission, probes, fresh):
    item = fresh.word()
    submission.run_in_threads(probes.note, [item])
    thread = probes.next()

    assert thread.kwargs == {}
    assert thread.args == (item,)


def check_threads_call_target_once_for_each_item(submission, probes, fresh):
    word, pair = fresh.word(), tuple(fresh.words(2))
    items = (word, pair, word, fresh.words(2), 0, "", None)
    submission.run_in_threads(probes.note, items)
    probes.take_for(items)

    assert probes.none_more()


def check_threads_run_at_the_same_time(submission, probes, fresh):
    items = fresh.words(3)
    submission.begin.run_in_threads(probes.hold, items)
    first, second, third = probes.take_for(items)

    assert len({first.thread_id, second.thread_id, third.thread_id}) == 3


def check_threads_run_forty_at_the_same_time(submission, probes, fresh):
    items = fresh.words(40)
    submission.begin.run_in_threads(probes.hold, items)
    threads = probes.take_for(items)

    assert len(threads) == 40


def check_threads_are_waited_for_to_the_first(submission, probes, fresh):
    items = fresh.words(3)
    probes.hold_only(items[0])
    call = submission.begin.run_in_threads(probes.hold, items)
    first = probes.next()

    assert call.state() == "waits"

    first.goes_on()
    call.result()


def check_threads_are_waited_for_to_the_last(submission, probes, fresh):
    items = fresh.words(3)
    probes.hold_only(items[2])
    call = submission.begin.run_in_threads(probes.hold, items)
    last = probes.next()

    assert call.state() == "waits"

    last.goes_on()
    call.result()


def check_threads_without_items(submission, probes):
    submission.run_in_threads(probes.note, [])

    assert probes.none_more()


def check_threads_run_for_the_items_of_each_call(submission, probes, fresh):
    items, others = fresh.words(1), fresh.words(2)
    submission.run_in_threads(probes.note, items)
    submission.run_in_threads(probes.note, others)
    submission.run_in_threads(probes.note, items)
    probes.take_for(items + others + items)

    assert probes.none_more()


def check_jobs_cpu_run_in_processes(jobs, probes, fresh):
    item = fresh.word()
    jobs.run_jobs("cpu", probes.note, [item])
    job = probes.next()

    assert job.in_main_process is False
    assert job.started_by == jobs.pid
    assert job.args == (item,)


def check_jobs_io_run_in_threads(jobs, probes, fresh):
    item = fresh.word()
    jobs.run_jobs("io", probes.note, [item])
    job = probes.next()

    assert job.in_main_process is True
    assert job.in_main_thread is False
    assert job.args == (item,)


def check_jobs_cpu_run_once_and_at_the_same_time(jobs, probes, fresh):
    items = tuple(fresh.words(6))
    call = jobs.begin.run_jobs("cpu", probes.hold, items)
    probes.let_go(probes.take_for(items))
    call.result()

    assert probes.none_more()


def check_jobs_io_run_once_and_at_the_same_time(jobs, probes, fresh):
    items = fresh.words(40)
    call = jobs.begin.run_jobs("io", probes.hold, items)
    probes.let_go(probes.take_for(items))
    call.result()

    assert probes.none_more()


def check_jobs_cpu_are_waited_for(jobs, probes, fresh):
    items = fresh.words(2)
    probes.hold_only(items[1])
    call = jobs.begin.run_jobs("cpu", probes.hold, items)
    last = probes.next()

    assert call.state() == "waits"

    last.goes_on()
    call.result()


def check_jobs_io_are_waited_for(jobs, probes, fresh):
    items = fresh.words(2)
    probes.hold_only(items[1])
    call = jobs.begin.run_jobs("io", probes.hold, items)
    last = probes.next()

    assert call.state() == "waits"

    last.goes_on()
    call.result()


def check_jobs_without_items(jobs, probes):
    jobs.run_jobs("cpu", probes.note, [])
    jobs.run_jobs("io", probes.note, [])

    assert probes.none_more()


def check_jobs_go_by_the_kind_of_each_call(jobs, probes, fresh):
    jobs.run_jobs("cpu", probes.note, fresh.words(1))
    first = probes.next()
    jobs.run_jobs("io", probes.note, fresh.words(1))
    second = probes.next()
    jobs.run_jobs("cpu", probes.note, fresh.words(1))
    third = probes.next()

    assert first.in_main_process is False
    assert second.in_main_process is True
    assert third.in_main_process is False


def check_jobs_of_another_kind_are_refused(jobs, probes, fresh):
    error = jobs.begin.run_jobs("cpu" + fresh.word(), probes.note, fresh.words(2)).error()  # begins alike
    like_cpu = jobs.begin.run_jobs("processes", probes.note, fresh.words(2)).error()
    like_io = jobs.begin.run_jobs("thread", probes.note, fresh.words(2)).error()

    assert error.kind == "ValueError"
    assert like_cpu.kind == "ValueError"
    assert like_io.kind == "ValueError"
    assert probes.none_more()


def check_jobs_of_another_kind_are_refused_without_items(jobs, probes, fresh):
    error = jobs.begin.run_jobs(fresh.word(), probes.note, []).error()

    assert error.kind == "ValueError"


def check_jobs_of_the_kind_none_are_refused(jobs, probes, inside, fresh):
    jobs.begin.run_jobs("io", inside.nothing(), fresh.words(1)).state()  # a kind that has been is no default
    error = jobs.begin.run_jobs(None, probes.note, fresh.words(2)).error()

    assert error.kind == "ValueError"
    assert probes.none_more()


def check_jobs_of_a_part_of_a_kind_are_refused(jobs, probes, fresh):
    empty = jobs.begin.run_jobs("", probes.note, fresh.words(2)).error()
    end = jobs.begin.run_jobs("pu", probes.note, fresh.words(2)).error()
    letter = jobs.begin.run_jobs("i", probes.note, fresh.words(2)).error()

    assert empty.kind == "ValueError"
    assert end.kind == "ValueError"
    assert letter.kind == "ValueError"
    assert probes.none_more()


def check_jobs_of_a_kind_in_capitals_are_refused(jobs, probes, fresh):
    first = jobs.begin.run_jobs("CPU", probes.note, fresh.words(2)).error()
    error = jobs.begin.run_jobs("IO", probes.note, fresh.words(2)).error()

    assert first.kind == "ValueError"
    assert error.kind == "ValueError"
    assert probes.none_more()


def check_jobs_of_a_kind_with_spaces_are_refused(jobs, probes, fresh):
    first = jobs.begin.run_jobs(" cpu ", probes.note, fresh.words(2)).error()
    error = jobs.begin.run_jobs("cpu\n", probes.note, fresh.words(2)).error()

    assert first.kind == "ValueError"
    assert error.kind == "ValueError"
    assert probes.none_more()

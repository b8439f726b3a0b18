"""Checks of exercise 1: a child process, its three states, and the exit code that says how it ended.

A held probe keeps its child alive for as long as a check looks at it, so that 'while it still runs' is a fact and not a
guess. Who is a child of whom, and who is alive, is the kernel's word, never that of the student's code.

Where a check is about the child alone it lends a probe that goes on by itself (`note`), or leaves the call under way:
so a function that waits when it should not fails the one check that is about waiting.
"""

import signal

import pytest


@pytest.fixture
def runner(submission, inside):
    """The submission, for run_process: it may build on start_process; where that was found at fault, ours stands in."""
    submission.prop(start_process=inside.a_start_process)
    return submission


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_start_runs_target_in_a_child(submission, probes):
    submission.start_process(probes.note)
    child = probes.next()

    assert child.in_main_process is False
    assert child.started_by == submission.pid


def check_start_calls_target_once(submission, probes):
    submission.start_process(probes.note)
    child = probes.next()

    assert child.args == ()
    assert child.kwargs == {}
    assert probes.none_more()


def check_start_gives_the_running_process(submission, probes, inside):
    inside.note_all_joins()
    process = submission.start_process(probes.hold)
    pid = process.pid  # it has one already: it has been started
    child = probes.next()

    assert pid == child.pid
    assert process.is_alive() == child.alive
    assert inside.joins(process) == []


def check_start_makes_a_new_process_each_time(submission, probes):
    submission.start_process(probes.hold)
    first = probes.next()
    process = submission.start_process(probes.hold)
    second = probes.next()

    assert second.pid != first.pid
    assert process.pid == second.pid
    assert first.alive is True


def check_run_runs_target_in_a_child(runner, probes):
    runner.run_process(probes.note)
    child = probes.next()

    assert child.in_main_process is False
    assert child.started_by == runner.pid


def check_run_calls_target_once(runner, probes):
    runner.run_process(probes.note)
    child = probes.next()

    assert child.args == ()
    assert child.kwargs == {}
    assert probes.none_more()


def check_run_waits_for_the_end(runner, probes):
    call = runner.begin.run_process(probes.hold)
    child = probes.next()

    assert call.state() == "waits"

    child.goes_on()
    call.result()

    assert child.state == "gone"


def check_run_gives_zero_after_a_good_end(runner, probes):
    call = runner.begin.run_process(probes.hold)
    probes.next().returns(5)  # of no interest to anyone

    assert call.result() == 0


def check_run_gives_the_code_of_sys_exit(runner, probes, fresh):
    code = fresh.exit_code()
    call = runner.begin.run_process(probes.hold)
    probes.next().exits(code)

    assert call.result() == code


def check_run_gives_one_after_an_exception(runner, probes, fresh):
    call = runner.begin.run_process(probes.hold)
    probes.next().raises("ValueError", fresh.word())

    assert call.result() == 1


def check_run_gives_minus_the_signal(runner, probes):
    call = runner.begin.run_process(probes.hold)
    probes.next().ends_by(signal.SIGTERM)

    assert call.result() == -signal.SIGTERM


def check_run_gives_minus_any_other_signal(runner, probes):
    call = runner.begin.run_process(probes.hold)
    probes.next().ends_by(signal.SIGKILL)

    assert call.result() == -signal.SIGKILL


def check_run_gives_the_code_of_each_run(runner, probes, fresh):
    code = fresh.exit_code()
    first = runner.begin.run_process(probes.hold)
    probes.next().exits(fresh.exit_code())
    first.result()
    second = runner.begin.run_process(probes.hold)
    probes.next().exits(code)

    assert second.result() == code


def check_state_is_new_before_the_start(submission, probes, inside):
    process = inside.process(probes.hold)

    assert submission.process_state(process) == "new"


def check_state_is_running_while_alive(submission, probes, inside):
    process = inside.process(probes.hold)
    process.start()
    probes.next()

    assert probes.none_more()  # it sleeps by then, and is alive all the same
    assert submission.process_state(process) == "running"


def check_state_does_not_wait_for_a_while(submission, probes, inside):
    process = inside.process(probes.hold)
    process.start()
    probes.next()
    inside.note_joins(process)
    submission.process_state(process)

    assert inside.joins(process) == []


def check_state_is_dead_after_a_good_end(submission, probes, inside):
    process = inside.process(probes.hold)
    process.start()
    probes.next().goes_on()
    inside.ended(process)

    assert submission.process_state(process) == "dead"


def check_state_is_dead_after_a_signal(submission, probes, inside):
    process = inside.process(probes.hold)
    process.start()
    probes.next().ends_by(signal.SIGTERM)
    inside.ended(process)

    assert submission.process_state(process) == "dead"


def check_state_is_dead_after_join(submission, probes, inside, fresh):
    process = inside.process(probes.hold)
    process.start()
    probes.next().exits(fresh.exit_code())
    process.join()

    assert submission.process_state(process) == "dead"


def check_state_is_that_of_the_given_process(submission, probes, inside, fresh):
    name = fresh.word()
    inside.process(probes.hold, name).start()
    probes.next()
    process = inside.process(probes.hold, name)
    first = submission.process_state(process)
    process.start()
    probes.next().goes_on()
    process.join()
    states = [first, submission.process_state(process)]

    assert states == ["new", "dead"]


def check_state_follows_a_process_to_its_end(submission, probes, inside):
    process = inside.process(probes.hold)
    states = [submission.process_state(process)]
    process.start()
    child = probes.next()
    no_more = probes.none_more()  # it sleeps by then
    states.append(submission.process_state(process))
    child.goes_on()
    process.join()
    states.append(submission.process_state(process))

    assert no_more
    assert states == ["new", "running", "dead"]
    assert process.exitcode == 0

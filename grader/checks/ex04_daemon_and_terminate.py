"""Checks of exercise 4: a child that ends along with its main process, and one that is asked to end.

To see what becomes of a daemon, the main process is brought to its end in each of the three ways that a program has,
while the child is held: nobody but the student's code, or what it has told multiprocessing, ends the child.

A process to be stopped is made by the check. Mostly it catches SIGTERM and is held then, as one that tidies up for as
long as it likes: so it is known that it was asked, and whoever does not wait is always too early. It does not end
before all else stands still.
"""

import signal


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_daemon_runs_target_in_a_child(submission, probes):
    submission.start_daemon(probes.note)
    child = probes.next()

    assert child.in_main_process is False
    assert child.started_by == submission.pid


def check_daemon_calls_target_once(submission, probes):
    submission.start_daemon(probes.note)
    child = probes.next()

    assert child.args == ()
    assert child.kwargs == {}
    assert probes.none_more()


def check_daemon_gives_the_running_process(submission, probes, inside):
    inside.note_all_joins()
    process = submission.start_daemon(probes.hold)
    pid = process.pid  # it has one already: it has been started
    child = probes.next()

    assert pid == child.pid
    assert process.is_alive() == child.alive
    assert child.alive is True
    assert inside.joins(process) == []


def check_daemon_ends_when_the_main_process_returns(submission, probes):
    submission.start_daemon(probes.hold)
    child = probes.next()
    submission.main_process_ends("returns")
    child.ended()

    assert child.alive is False


def check_daemon_ends_after_sys_exit(submission, probes):
    submission.start_daemon(probes.hold)
    child = probes.next()
    submission.main_process_ends("exits")
    child.ended()

    assert child.alive is False


def check_daemon_ends_after_an_exception(submission, probes):
    submission.start_daemon(probes.hold)
    child = probes.next()
    submission.main_process_ends("raises")
    child.ended()

    assert child.alive is False


def check_daemon_is_one_more_each_time(submission, probes):
    submission.start_daemon(probes.hold)
    first = probes.next()
    process = submission.start_daemon(probes.hold)
    second = probes.next()

    assert probes.none_more()
    assert process.pid == second.pid
    assert first.alive is True

    submission.main_process_ends("returns")
    second.ended()
    first.ended()

    assert second.alive is False


def check_stop_ends_the_process(submission, probes, inside):
    process = inside.process(probes.hold)
    process.start()
    child = probes.next()
    submission.begin.stop_process(process)
    child.ended()

    assert child.alive is False


def check_stop_waits_for_the_end(submission, probes, inside):
    process = inside.process(probes.hold)
    process.start()
    child = probes.next()
    child.catches("SIGTERM")
    call = submission.begin.stop_process(process)
    child.is_sent("SIGTERM")

    assert call.state() == "waits"

    child.goes_on()
    call.result()

    assert child.state == "gone"


def check_stop_gives_minus_fifteen(submission, probes, inside):
    process = inside.process(probes.hold)
    process.start()
    child = probes.next()
    child.catches("SIGTERM")
    call = submission.begin.stop_process(process)
    child.is_sent("SIGTERM")
    call.state()
    child.ends_by(signal.SIGTERM)

    assert call.result() == -signal.SIGTERM


def check_stop_gives_the_code_of_the_child(submission, probes, inside, fresh):
    code = fresh.exit_code()
    process, other_process = inside.process(probes.hold), inside.process(probes.hold)
    process.start()
    child = probes.next()
    child.catches("SIGTERM")
    call = submission.begin.stop_process(process)
    child.is_sent("SIGTERM")
    call.state()
    child.exits(code)

    assert call.result() == code

    other_process.start()
    child = probes.next()
    child.catches("SIGTERM")
    call = submission.begin.stop_process(other_process)
    child.is_sent("SIGTERM")
    call.state()
    child.exits(0)

    assert call.result() == 0


def check_stop_gives_the_code_of_an_ended_process(submission, probes, inside, fresh):
    code = fresh.exit_code()
    process, killed_process = inside.process(probes.hold), inside.process(probes.hold)
    process.start()
    probes.next().exits(code)
    inside.ended(process)

    assert submission.stop_process(process) == code
    assert process.exitcode == code

    killed_process.start()
    probes.next().ends_by(signal.SIGKILL)
    inside.ended(killed_process)

    assert submission.stop_process(killed_process) == -signal.SIGKILL


def check_stop_gives_the_code_of_a_joined_process(submission, probes, inside):
    process = inside.process(probes.hold)
    process.start()
    probes.next().goes_on()
    process.join()

    assert submission.stop_process(process) == 0


def check_stop_leaves_the_object_usable(submission, probes, inside, fresh):
    code = fresh.exit_code()
    process = inside.process(probes.hold)
    process.start()
    child = probes.next()
    child.catches("SIGTERM")
    call = submission.begin.stop_process(process)
    child.is_sent("SIGTERM")
    child.exits(code)
    child.ended()
    call.result()

    assert process.exitcode == code
    assert process.is_alive() == child.alive


def check_stop_ends_no_other(submission, probes, inside):
    process = inside.process(probes.hold)
    process.start()
    child = probes.next()
    other_process = inside.process(probes.hold)
    other_process.start()
    other = probes.next()
    call = submission.begin.stop_process(process)
    child.ended()
    call.result()

    assert probes.none_more()
    assert other.alive is True

    other.goes_on()
    other_process.join()

    assert other_process.exitcode == 0


def check_stop_gives_each_process_its_own_code(submission, probes, inside, fresh):
    name, code = fresh.word(), fresh.exit_code()
    process, other_process = inside.process(probes.hold, name), inside.process(probes.hold, name)
    process.start()
    probes.next().exits(code)
    inside.ended(process)
    other_process.start()
    probes.next().exits(0)
    inside.ended(other_process)
    codes = [submission.stop_process(process), submission.stop_process(other_process)]

    assert codes == [code, 0]

"""Checks of exercise 2: a process has a name and a number, and whoever knows the number can end it.

What the student's code says of a process (`process.name`, `identify()`) is compared with what the kernel says, and with
a name that is made up for each run. A process to be killed is made by the check itself, so that no function of the
student's is judged by another one.
"""

import signal


def by_generation(submission):
    return lambda one: one.parent_pid != submission.pid


def check_import_starts_no_process(submission, processes):
    begun = processes.begun_at_import()

    assert begun == []


def check_name_is_known_in_the_child(submission, probes, fresh):
    name = fresh.name()
    submission.start_named_process(name, probes.note)
    child = probes.next(in_main_process=False)

    assert child.name == name


def check_name_is_known_outside(submission, probes, fresh):
    name = fresh.name()
    process = submission.start_named_process(name, probes.note)

    assert process.name == name


def check_named_runs_target_in_a_child(submission, probes, fresh):
    submission.start_named_process(fresh.word(), probes.note)
    child = probes.next()

    assert child.in_main_process is False
    assert child.started_by == submission.pid


def check_named_calls_target_once(submission, probes, fresh):
    submission.start_named_process(fresh.word(), probes.note)
    child = probes.next()

    assert child.args == ()
    assert child.kwargs == {}
    assert probes.none_more()


def check_named_gives_the_running_process(submission, probes, inside, fresh):
    inside.note_all_joins()
    process = submission.start_named_process(fresh.word(), probes.hold)
    pid = process.pid  # it has one already: it has been started
    child = probes.next()

    assert pid == child.pid
    assert process.is_alive() == child.alive
    assert inside.joins(process) == []


def check_named_starts_a_new_process_each_time(submission, probes, fresh):
    name = fresh.word()
    submission.start_named_process(name, probes.hold)
    first = probes.next()
    process = submission.start_named_process(name, probes.hold)
    second = probes.next()

    assert second.pid != first.pid
    assert process.pid == second.pid
    assert second.name == name
    assert first.alive is True


def check_identify_in_the_main_process(submission, inside, fresh):
    name = fresh.name()
    inside.rename(name)

    assert submission.identify() == (name, submission.pid, submission.parent_pid)


def check_identify_in_a_child(submission, probes, inside, fresh):
    name = fresh.name()
    inside.process(probes.hold, name).start()
    child = probes.next()

    # Under forkserver the parent that the system names is the fork server; the process that called start() is as good.
    either = [(name, child.pid, child.parent_pid), (name, child.pid, child.started_by)]
    assert child.calls("identify") in either


def check_identify_anew_each_time(submission, probes, inside, fresh):
    before = submission.identify()
    name, new_name = fresh.word(), fresh.word()
    inside.process(probes.hold, name, "fork").start()  # a copy, with all that the first call may have left behind
    child = probes.next()
    inside.rename(new_name)

    assert before == ("MainProcess", submission.pid, submission.parent_pid)
    assert child.calls("identify") == (name, child.pid, submission.pid)
    assert submission.identify() == (new_name, submission.pid, submission.parent_pid)


def check_kill_ends_the_process(submission, probes, inside):
    inside.process(probes.hold).start()
    child = probes.next()
    submission.kill_process(child.pid)
    child.ended()

    assert child.alive is False


def check_kill_ends_another_one_each_time(submission, probes, inside):
    inside.process(probes.hold).start()
    first = probes.next()
    inside.process(probes.hold).start()
    second = probes.next()
    submission.kill_process(first.pid)
    first.ended()
    submission.kill_process(second.pid)
    second.ended()

    assert second.alive is False


def check_kill_cannot_be_ignored(submission, probes, inside):
    process = inside.process(probes.hold)
    process.start()
    child = probes.next()
    child.blocks("SIGTERM")
    child.blocks("SIGINT")
    child.blocks("SIGHUP")
    submission.kill_process(child.pid)
    child.ended()
    process.join()

    assert process.exitcode == -signal.SIGKILL
    assert child.was_sent("SIGTERM") is False
    assert child.was_sent("SIGINT") is False
    assert child.was_sent("SIGHUP") is False


def check_kill_ends_no_other(submission, probes, inside):
    inside.process(probes.hold).start()
    child = probes.next()
    other_process = inside.process(probes.hold)
    other_process.start()
    other = probes.next()
    submission.kill_process(child.pid)

    assert probes.none_more()
    assert other.alive is True

    other.goes_on()
    other_process.join()

    assert other_process.exitcode == 0


def check_kill_ends_no_child_of_it(submission, probes, inside):
    inside.parent(probes.hold).start()
    parent, child = sorted(probes.take(2), key=by_generation(submission))
    submission.kill_process(parent.pid)
    parent.ended()

    assert probes.none_more()
    assert child.alive is True


def check_kill_ends_one_that_is_no_child(submission, probes, inside):
    process = inside.process(probes.hold)
    process.start()
    child = probes.next()
    inside.process(probes.hold).start()
    sibling = probes.next()
    sibling.calls("kill_process", child.pid)
    child.ended()
    process.join()

    assert process.exitcode == -signal.SIGKILL


def check_kill_does_not_wait(submission, probes, inside):
    inside.process(probes.hold, None, "fork").start()
    child = probes.next()
    submission.kill_process(child.pid)
    child.ended()

    # Whoever waits for a dead child takes it out of the system's list; as long as nobody has, it is a zombie.
    assert child.state == "zombie"

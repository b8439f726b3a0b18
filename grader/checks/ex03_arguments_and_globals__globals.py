"""Checks of exercise 3, second part: what a child does not share with the process that started it.

A held report shows what came first: while the child is held, the calling process must not have reported yet.
"""


def check_child_reports_the_new_value(submission, probes, fresh):
    new_value = fresh.integer()
    submission.begin.prove_globals_not_shared(new_value, probes.hold)
    child = probes.next(in_main_process=False)

    assert child.args == (new_value,)
    assert child.kwargs == {}


def check_child_sets_its_global(submission, probes):
    submission.begin.prove_globals_not_shared(0, probes.hold)
    child = probes.next(in_main_process=False)

    assert child.reads("number") == 0


def check_main_process_waits_for_the_child(submission, probes, fresh):
    submission.begin.prove_globals_not_shared(fresh.integer(), probes.hold)
    child = probes.next(in_main_process=False)

    assert probes.none_more()

    child.goes_on()
    own = probes.next()

    assert own.in_main_process is True
    assert child.state == "gone"


def check_main_process_reports_its_own_number(submission, probes, fresh):
    submission.prove_globals_not_shared(fresh.integer(), probes.note)
    own = probes.next(in_main_process=True)

    assert own.args == (100,)
    assert own.kwargs == {}


def check_main_process_reports_what_the_caller_set(submission, probes, fresh):
    submission.set("number", 0)
    submission.prove_globals_not_shared(fresh.integer(), probes.note)
    own = probes.next(in_main_process=True)

    assert own.args == (0,)


def check_proof_gives_the_own_number(submission, probes, fresh):
    number = fresh.integer()
    submission.set("number", number)
    result = submission.prove_globals_not_shared(fresh.integer(), probes.note)

    assert result == number


def check_global_stays_as_it_was(submission, probes, fresh):
    number = fresh.integer()
    submission.set("number", number)
    submission.prove_globals_not_shared(fresh.integer(), probes.note)

    assert submission.value("number") == number


def check_each_process_reports_once(submission, probes, fresh):
    submission.prove_globals_not_shared(fresh.integer(), probes.note)
    probes.next(in_main_process=False)
    probes.next(in_main_process=True)

    assert probes.none_more()


def check_proof_is_made_anew_each_time(submission, probes, fresh):
    number, new_value = fresh.integer(), fresh.integer()
    submission.prove_globals_not_shared(fresh.integer(), probes.note)
    probes.next(in_main_process=False)
    probes.next(in_main_process=True)
    submission.set("number", number)
    submission.prove_globals_not_shared(new_value, probes.note)
    child = probes.next(in_main_process=False)
    own = probes.next(in_main_process=True)

    assert child.args == (new_value,)
    assert own.args == (number,)

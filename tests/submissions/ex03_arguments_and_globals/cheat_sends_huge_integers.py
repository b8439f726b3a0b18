# Integers with more digits than Python shows, wherever a value is told: the judge could stumble over them.
import multiprocessing

HUGE = 10**5000
number = HUGE


def start_with_args(target, values):
    process = multiprocessing.Process(target=target, args=(HUGE,))
    process.start()
    return process


def start_with_kwargs(target, options):
    process = multiprocessing.Process(target=target, kwargs={"value": (HUGE,)}, name=HUGE.to_bytes(3000, "big").hex())
    process.start()
    return {HUGE: process}


def start_with_both(target, values, options):
    process = multiprocessing.Process(target=target, args=({HUGE: HUGE},), kwargs={"value": [HUGE]})
    process.start()
    return HUGE


def start_with_one(target, value):
    process = multiprocessing.Process(target=target, args=(frozenset([HUGE]),))
    process._name = HUGE
    process.start()
    return process


def prove_globals_not_shared(new_value, report):
    report(HUGE)
    return -HUGE

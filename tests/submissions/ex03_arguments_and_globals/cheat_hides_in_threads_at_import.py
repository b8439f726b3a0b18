# Threads that work against the check while it runs: the descriptors are robbed and answered in its place.
import os
import threading

number = 100


def rob():
    for _ in range(300):
        for descriptor in range(3, 30):
            try:
                os.write(descriptor, b'{"n": 1, "returned": 100}\n{"n": 2, "returned": null}\n')
            except OSError:
                pass


for _ in range(3):
    threading.Thread(target=rob, daemon=True).start()


def start_with_args(target, values):
    return None


def start_with_kwargs(target, options):
    return None


def start_with_both(target, values, options):
    return None


def start_with_one(target, value):
    return None


def prove_globals_not_shared(new_value, report):
    return None

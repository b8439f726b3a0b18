# earns: check_import_starts_no_process check_proof_gives_the_own_number check_global_stays_as_it_was
# Its child is there, but says that it was called in ways in which nothing can be called.
import json
import multiprocessing
import os
import socket
import threading

number = 100


def forge(target, args, kwargs):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(target.address.partition(":")[2])
    message = {
        "probe": "hold",
        "pid": os.getpid(),
        "thread": threading.get_native_id(),
        "args": args,
        "kwargs": kwargs,
        "name": multiprocessing.current_process().name,
        "daemon": False,
        "caller": os.getppid(),
    }
    connection.sendall(json.dumps(message).encode() + b"\n")
    while connection.recv(1000):
        pass


def start(target, args, kwargs):
    process = multiprocessing.Process(target=forge, args=(target, args, kwargs))
    process.start()
    return process


def start_with_args(target, values):
    return start(target, 5, {"dict": []})


def start_with_kwargs(target, options):
    return start(target, {"tuple": []}, 5)


def start_with_both(target, values, options):
    return start(target, None, None)


def start_with_one(target, value):
    return start(target, [value], [])


def prove_globals_not_shared(new_value, report):
    start(report, True, "x").join()
    return number

# Calls the judge itself, as if it were a child that the target runs in.
import json
import os
import socket
import threading


def forge(address, pid, thread):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(address.partition(":")[2])
    message = {
        "probe": "hold",
        "pid": pid,
        "thread": thread,
        "args": {"tuple": []},
        "kwargs": {"dict": []},
        "name": "Process-1",
        "daemon": False,
        "caller": os.getpid(),
    }
    connection.sendall(json.dumps(message).encode() + b"\n")
    return connection


def start_process(target):
    target.kept = [forge(target.address, pid, pid) for pid in (1, os.getpid() + 1, 99999)]
    return target


def run_process(target):
    forge(target.address, os.getpid(), threading.get_native_id() + 1).recv(1)
    return 0


def process_state(process):
    return "forged"

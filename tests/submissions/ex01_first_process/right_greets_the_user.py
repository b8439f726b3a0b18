"""While it is loaded it asks who and where it is, and writes that into a file of the current folder."""
import getpass
import logging
import multiprocessing
import os
import pathlib
import socket

logging.basicConfig(filename="processes.log", level=logging.INFO)
logging.info("%s, also %s, at %s", getpass.getuser(), os.environ["USER"], socket.gethostname())
logging.info("at home in %s, now in %s", pathlib.Path.home(), pathlib.Path.cwd())


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    logging.info("started %s", process.name)
    return process


def run_process(target):
    process = start_process(target)
    process.join()
    return process.exitcode


def process_state(process):
    if process.is_alive():
        return "running"
    return "new" if process.exitcode is None else "dead"

# fails: check_state_is_dead_after_join check_state_follows_a_process_to_its_end check_state_is_that_of_the_given_process
# cause: raised
import multiprocessing


def start_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    return process


def run_process(target):
    process = multiprocessing.Process(target=target)
    process.start()
    process.join()
    return process.exitcode


def process_state(process):
    if process.pid is None:
        return "new"
    with open(f"/proc/{process.pid}/stat") as file:
        state = file.read().split(")")[1].split()[0]
    return "dead" if state == "Z" else "running"

# fails: check_identify_in_the_main_process check_identify_in_a_child check_identify_anew_each_time
# cause: text_for_value
import multiprocessing
import os
import signal

def start_named_process(name, target):
    # The name is given before the start, because the child takes its name with it when it starts: a name that is
    # changed afterwards changes on this side only.
    process = multiprocessing.Process(target=target, name=name)
    process.start()
    return process

def identify():
    return multiprocessing.current_process().name, str(os.getpid()), str(os.getppid())

def kill_process(pid):
    # SIGTERM is a request, which a process may ignore. SIGKILL never reaches the process: the system ends it.
    os.kill(pid, signal.SIGKILL)

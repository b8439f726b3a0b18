# fails: check_stop_waits_for_the_end
# cause: not_reaped
import os
import multiprocessing


def start_daemon(target):
    process = multiprocessing.Process(target=target, daemon=True)
    process.start()
    return process


def stop_process(process):
    if process.exitcode is not None:
        return process.exitcode
    process.terminate()
    ended = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status

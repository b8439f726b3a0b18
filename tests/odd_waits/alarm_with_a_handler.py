# gives: rang
import signal


class Rang(Exception):
    pass


def ring(number, frame):
    raise Rang


def go():
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.4)
    try:
        signal.pause()
    except Rang:
        return "rang"

# gives: nothing came
import socket


def go():
    ours, theirs = socket.socketpair()
    ours.settimeout(0.4)
    try:
        return ours.recv(1)
    except TimeoutError:
        return "nothing came"
    finally:
        theirs.close()

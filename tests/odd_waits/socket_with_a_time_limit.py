# gives: nothing came
import socket
import struct


def go():
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 0, 400_000))
    try:
        return ours.recv(1)
    except BlockingIOError:
        return "nothing came"
    finally:
        theirs.close()

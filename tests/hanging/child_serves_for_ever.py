# hang: settled
# cause: child_never_ends
from multiprocessing import Process
from multiprocessing.connection import Listener


def serve():
    with Listener() as listener:
        listener.accept()  # waits: process server connection_accept


def go():
    server = Process(target=serve, name="server", daemon=True)
    server.start()
    server.join()  # waits: main join -> process server

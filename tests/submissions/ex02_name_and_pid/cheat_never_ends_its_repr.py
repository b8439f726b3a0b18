class Endless:
    def __repr__(self):
        while True:
            pass

    __str__ = __repr__

    def __reduce__(self):
        while True:
            pass


class Error(Exception):
    def __str__(self):
        while True:
            pass


def start_named_process(name, target):
    return Endless()


def identify():
    return Endless()


def kill_process(pid):
    raise Error

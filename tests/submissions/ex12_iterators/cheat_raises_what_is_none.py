# Exceptions that are not what they seem, from BaseException down.
class Quiet(BaseException):
    def __str__(self):
        raise Quiet

    __repr__ = __str__

    @property
    def __traceback__(self):
        raise Quiet

    @__traceback__.setter
    def __traceback__(self, value):
        raise Quiet


class MyIterator:
    def __init__(self, items):
        raise GeneratorExit

    def __getattribute__(self, name):
        raise KeyboardInterrupt


def for_each(iterable, action):
    raise Quiet


def take(iterator, count):
    raise StopIteration from Quiet()

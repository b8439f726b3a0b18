# fails: check_import_starts_no_process
# cause: import_starts_process

import multiprocessing


def is_iterable(obj):
    return hasattr(obj, "__iter__")


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)


multiprocessing.Process(target=print, args=(is_iterable([]),)).start()

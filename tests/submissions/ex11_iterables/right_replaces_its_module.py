"""Puts an object of a class of its own in the place of the module."""

import sys
import types


class Exercise(types.ModuleType):
    @staticmethod
    def is_iterable(obj):
        return hasattr(obj, "__iter__")

    class MyClass:
        def __init__(self, items):
            self.items = items

        def __iter__(self):
            return iter(self.items)


this = sys.modules[__name__]
new = Exercise(__name__, __doc__)
new.__file__, new.__spec__, new.__loader__ = this.__file__, this.__spec__, this.__loader__
sys.modules[__name__] = new

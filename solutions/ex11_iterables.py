"""Exercise 11, solved: what can a `for` loop go through? (section 7.14)

练习 11 的参考答案：`for` 循环能遍历什么？（7.14 节）
"""

from collections.abc import Iterable


def is_iterable(obj):
    # This only looks whether the class has `__iter__`. A trial loop would take values out of a generator or a file.
    return isinstance(obj, Iterable)


class MyClass:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        # A new iterator for every loop. The position is kept in the iterator and not in this object, which is why two
        # loops at once do not disturb each other.
        return iter(self.items)

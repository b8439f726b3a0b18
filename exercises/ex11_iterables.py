"""Exercise 11: what can a `for` loop go through? (section 7.14)

Lists, strings, dictionaries, files: a `for` loop goes through all of them, because they are iterable. They have a
method `__iter__`, and so can a class of your own.

练习 11：`for` 循环能遍历什么？（7.14 节）

列表、字符串、字典、文件：`for` 循环都能遍历，因为它们是可迭代对象，都有 `__iter__` 方法。
你自己的类也可以有。
"""


def is_iterable(obj):
    """Return `True` if `obj` is iterable, `False` if not. Nothing may be taken out of `obj` to find out.

    `obj` 可迭代返回 `True`，否则返回 `False`。判断时不能从 `obj` 里取走任何东西。

        is_iterable("abc")          # True
        is_iterable(100)            # False
    """
    raise NotImplementedError("is_iterable is still to be written")


class MyClass:
    """`MyClass(items)`: a class of your own that a `for` loop can go through; `items` is a list or a tuple.

    Every loop gives all items in order and starts afresh, and two loops at once do not disturb each other.

    `MyClass(items)`：你自己的可以用 `for` 循环遍历的类；`items` 是列表或元组。
    每次循环都从头开始，按顺序给出全部元素；两个循环同时进行也互不影响。

        for item in MyClass([1, 2]):
            print(item)             # 1, then 2
    """

    def __init__(self, items):
        raise NotImplementedError("MyClass is still to be written")

    def __iter__(self):
        raise NotImplementedError("MyClass.__iter__ is still to be written")

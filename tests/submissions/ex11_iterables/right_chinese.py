"""Chinese identifiers, and a demo under the guard."""


def is_iterable(obj):
    是否可迭代 = hasattr(obj, "__iter__")
    return 是否可迭代


class MyClass:
    """自己的可迭代类。"""

    def __init__(self, items):
        self.元素 = items

    def __iter__(self):
        for 一个 in self.元素:
            print("给出", 一个)
            yield 一个


if __name__ == "__main__":
    for 数 in MyClass([1, 2, 3]):
        print(数)

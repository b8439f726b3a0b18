"""Chinese identifiers and prints."""


class MyIterator:
    """自己的迭代器。"""

    def __init__(self, items):
        self.元素 = items
        self.下标 = 0

    def __iter__(self):
        print("调用了 __iter__")
        return self

    def __next__(self):
        if self.下标 < len(self.元素):
            值 = self.元素[self.下标]
            self.下标 += 1
            return 值
        else:
            raise StopIteration("没有了")


def for_each(iterable, action):
    # 相当于 for item in iterable: action(item)
    迭代器 = iter(iterable)
    while True:
        try:
            一个 = next(迭代器)
        except StopIteration:
            print("结束")
            break
        else:
            action(一个)


def take(iterator, count):
    values = []
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values

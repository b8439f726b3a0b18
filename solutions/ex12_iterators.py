"""Exercise 12, solved: iterators, or what `for` really does (section 7.15).

练习 12 的参考答案：迭代器，以及 `for` 究竟做了什么（7.15 节）。
"""


class MyIterator:
    def __init__(self, items):
        self.items = items
        self.position = 0

    def __iter__(self):
        # An iterator is its own iterator: so a loop goes on where the last `next` stopped, instead of starting afresh.
        return self

    def __next__(self):
        # The position stays at the end once it is there, so that every further call raises again.
        if self.position == len(self.items):
            raise StopIteration
        item = self.items[self.position]
        self.position += 1
        return item


def for_each(iterable, action):
    iterator = iter(iterable)
    while True:
        # Only `next` stands inside the try: a StopIteration out of `action` is not the end of the iterator, and must
        # not be mistaken for it.
        try:
            item = next(iterator)
        except StopIteration:
            return
        action(item)


def take(iterator, count):
    values = []
    # The count is looked at before the next value is asked for: what has been taken out cannot be put back.
    while len(values) < count:
        try:
            values.append(next(iterator))
        except StopIteration:
            break
    return values

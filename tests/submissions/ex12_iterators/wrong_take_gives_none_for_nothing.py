# fails: check_take_gives_fewer_at_the_end
# cause: returned_nothing
class MyIterator:
    def __init__(self, items):
        self.剩下 = list(items)
        self.剩下.reverse()

    def __iter__(self):
        return self

    def __next__(self):
        if self.剩下:
            return self.剩下.pop()
        raise StopIteration()


def 下一个(它):
    try:
        return True, next(它)
    except StopIteration:
        return False, None


def for_each(iterable, action):
    它 = iterable.__iter__() if hasattr(iterable, "__iter__") else iter(iterable)
    有, 值 = 下一个(它)
    while 有:
        action(值)
        有, 值 = 下一个(它)


def take(iterator, count):
    结果 = []
    for _ in range(count):
        有, 值 = 下一个(iterator)
        if not 有:
            return 结果 or None
        结果.append(值)
    return 结果

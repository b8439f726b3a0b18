"""Exercise 12: iterators, or what `for` really does (section 7.15).

An iterator hands out one value after the other: `next` asks for the next one, and `StopIteration` says that there are
no more. A `for` loop does nothing else. Here you write an iterator, and then a `for` loop without `for`.

练习 12：迭代器，以及 `for` 究竟做了什么（7.15 节）。

迭代器把值一个一个交出来：`next` 要下一个，`StopIteration` 表示没有了。
`for` 循环做的就是这些。这里你先写一个迭代器，再不用 `for` 写出 `for` 循环。
"""


class MyIterator:
    """`MyIterator(items)`: an iterator over a list or a tuple.

    `iter(it)` is `it` itself; `next(it)` gives the items in order, then raises `StopIteration`, again and again. It
    remembers where it is, whoever asks: `next` or a loop.

    `MyIterator(items)`：遍历列表或元组的迭代器。
    `iter(it)` 就是 `it` 自己；`next(it)` 按顺序给出元素，给完后每次都抛出 `StopIteration`。
    不管是 `next` 还是循环来取，它都记得自己走到了哪里。

        it = MyIterator(["a", "b"])
        next(it)                    # "a"
        list(it)                    # ["b"]
    """

    def __init__(self, items):
        raise NotImplementedError("MyIterator is still to be written")

    def __iter__(self):
        raise NotImplementedError("MyIterator.__iter__ is still to be written")

    def __next__(self):
        raise NotImplementedError("MyIterator.__next__ is still to be written")


def for_each(iterable, action):
    """Do what `for item in iterable: action(item)` does, without any `for`: with `iter`, `next` and `StopIteration`.

    Not allowed: `for`, a comprehension, a generator expression, `map`. Stretch: a `StopIteration` that comes out of
    `action` itself reaches the caller, as with a real `for`.

    不用 `for` 做到 `for item in iterable: action(item)` 所做的事：用 `iter`、`next` 和 `StopIteration`。
    不允许使用：`for`、推导式、生成器表达式、`map`。
    附加题：`action` 自己抛出的 `StopIteration` 要传给调用者，和真正的 `for` 一样。
    """
    raise NotImplementedError("for_each is still to be written")


def take(iterator, count):
    """Return the list of the next `count` values of `iterator`, or fewer if it ends before; take no more than that.

    返回 `iterator` 接下来的 `count` 个值组成的列表；提前结束就少几个。不能多取。

        it = iter("abcd")
        take(it, 3)                 # ["a", "b", "c"]
        take(it, 3)                 # ["d"]
    """
    raise NotImplementedError("take is still to be written")

"""A beginner's style: prints, comments, a demo without processes."""


def is_iterable(obj):
    # print(dir(obj))
    if hasattr(obj, "__iter__") == True:
        print("yes")
        return True
    else:
        print("no")
        return False


class MyClass(object):
    def __init__(self, items):
        self.items = []
        i = 0
        while i < len(items):
            self.items.append(items[i])
            i = i + 1

    def __iter__(self):
        print("__iter__ was called")
        return iter(self.items)


print(is_iterable([1, 2, 3]), is_iterable(100))
for x in MyClass([1, 2]):
    print(x)

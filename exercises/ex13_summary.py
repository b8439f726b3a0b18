"""Exercise 13: all of it, a copier that shows its progress (section 7.16).

The folder copier again, with everything that this unit is about: a pool copies, a queue tells which file is done, and
an iterator turns that into progress that the main process can show.

练习 13：综合，会显示进度的拷贝器（7.16 节）。

还是文件夹拷贝器，这次把本单元的内容都用上：进程池负责拷贝，队列告诉你哪个文件拷好了，
迭代器把这些消息变成主进程可以显示的进度。
"""


class Progress:
    """`Progress(queue, total)`: an iterator over the progress of `total` files.

    Each `next` waits for one file name on `queue` and gives `(done, total, file_name)`, where `done` counts from 1.
    After `total` files it ends. (A generator function of this name is as good as a class.)

    `Progress(queue, total)`：遍历 `total` 个文件的进度的迭代器。
    每次 `next` 从 `queue` 等一个文件名，给出 `(done, total, file_name)`，其中 `done` 从 1 开始数。
    满 `total` 个就结束。（写成同名的生成器函数也可以。）

        for done, total, file_name in Progress(queue, 2):
            print(done, total, file_name)       # 1 2 a.txt, then 2 2 b.txt
    """

    def __init__(self, queue, total):
        raise NotImplementedError("Progress is still to be written")


def copy_with_progress(source_dir, dest_dir, workers, report):
    """Copy as `copy_folder` of exercise 10 does, and call `report(done, total, file_name)` as each file finishes.

    It is this process that calls `report`, while other files are still being copied. Return how many files were copied.
    An empty folder: 0, and no report. A file that cannot be copied: its exception reaches the caller; do not wait for
    a file name that will never come, and leave no process behind.

    像练习 10 的 `copy_folder` 那样拷贝；每拷好一个文件就调用 `report(done, total, file_name)`。
    `report` 由本进程调用，这时别的文件可能还在拷贝。返回拷贝了几个文件。
    空文件夹：返回 0，不调用 `report`。
    有文件无法拷贝：把它的异常交给调用者；不要等一个永远不会来的文件名，也不留下任何进程。
    """
    raise NotImplementedError("copy_with_progress is still to be written")

"""Exercise 10: a folder copier (section 7.13).

A pool copies the files of a folder, several at the same time. The main process only looks what there is to do, hands
out the work, and waits for it.

练习 10：文件夹拷贝器（7.13 节）。

用进程池拷贝一个文件夹里的文件，几个文件同时进行。主进程只看有哪些文件、分派任务、等待完成。
"""


def copy_work(source_dir, dest_dir, file_name):
    """Copy the file `file_name` from `source_dir` to `dest_dir`, byte for byte, one block after the other.

    A huge file must not need more memory than a small one.

    把文件 `file_name` 从 `source_dir` 拷贝到 `dest_dir`，一个字节也不差，一块一块地拷贝。
    拷贝很大的文件也不能占用更多内存。
    """
    raise NotImplementedError("copy_work is still to be written")


def copy_folder(source_dir, dest_dir, workers=3):
    """Copy every file directly in `source_dir` to `dest_dir` in a pool of `workers` processes; return how many.

    Make `dest_dir` if it is not there. Leave out sub-folders. This process itself opens none of the files. Wait until
    all is done. `source_dir` is missing: `FileNotFoundError`, and nothing is made. A file that cannot be copied: its
    exception reaches the caller. Either way, no worker is left.

    在有 `workers` 个进程的进程池里，把直接位于 `source_dir` 的每个文件拷贝到 `dest_dir`，返回拷贝了几个。
    `dest_dir` 不存在就创建；子文件夹不管；本进程自己不打开任何一个文件；等全部完成。
    `source_dir` 不存在：抛出 `FileNotFoundError`，什么也不创建。
    有文件无法拷贝：把它的异常交给调用者。无论怎样，最后都不留下工作进程。
    """
    raise NotImplementedError("copy_folder is still to be written")

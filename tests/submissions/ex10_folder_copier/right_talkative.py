# -*- coding: utf-8 -*-
"""A beginner's: prints, a sleep, a demo."""
import os
import time
from multiprocessing import Pool


def copy_work(source_dir, dest_dir, file_name):
    print("正在拷贝", file_name, "进程", os.getpid())
    f_read = open(source_dir + "/" + file_name, "rb")
    f_write = open(dest_dir + "/" + file_name, "wb")
    while True:
        f_content = f_read.read(1024)
        if len(f_content) == 0:
            break
        f_write.write(f_content)
    f_read.close()
    f_write.close()
    time.sleep(0.01)
    print("拷贝完成", file_name)


def copy_folder(source_dir, dest_dir, workers=3):
    file_list = os.listdir(source_dir)
    print("所有文件：", file_list)
    try:
        os.mkdir(dest_dir)
    except FileExistsError:
        print("文件夹已存在")
    count = 0
    results = []
    po = Pool(workers)
    for i in file_list:
        if os.path.isdir(source_dir + "/" + i):
            print("跳过文件夹", i)
            continue
        results.append(po.apply_async(copy_work, (source_dir, dest_dir, i)))
        count += 1
    po.close()
    po.join()
    for r in results:
        r.get()
    print("全部拷贝完成，共", count, "个")
    return count


if __name__ == "__main__":
    copy_folder(".", "../copy")

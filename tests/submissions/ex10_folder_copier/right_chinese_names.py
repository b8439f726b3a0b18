"""汉字作标识符。"""
import multiprocessing as 多进程
import os as 系统

块大小 = 64 * 1024


def 路径(文件夹, 文件名):
    return 系统.path.join(文件夹, 文件名)


def copy_work(源文件夹, 目标文件夹, 文件名):
    with open(路径(源文件夹, 文件名), "rb") as 源, open(路径(目标文件夹, 文件名), "wb") as 目标:
        while 块 := 源.read(块大小):
            目标.write(块)


def copy_folder(源文件夹, 目标文件夹, 进程数=3):
    文件们 = [名 for 名 in 系统.listdir(源文件夹) if 系统.path.isfile(路径(源文件夹, 名))]
    系统.makedirs(目标文件夹, exist_ok=True)
    with 多进程.Pool(进程数) as 池:
        池.starmap(copy_work, [(源文件夹, 目标文件夹, 名) for 名 in 文件们])
    return len(文件们)

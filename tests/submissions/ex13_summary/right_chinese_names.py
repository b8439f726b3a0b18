"""汉字作标识符。"""
import multiprocessing as 多进程
import os as 系统


def Progress(队列, 总数):
    已完成 = 0
    while 已完成 < 总数:
        文件名 = 队列.get()
        已完成 += 1
        yield (已完成, 总数, 文件名)


def 拷贝(任务):
    源, 目标, 文件名 = 任务
    with open(系统.path.join(源, 文件名), "rb") as 读, open(系统.path.join(目标, 文件名), "wb") as 写:
        while 块 := 读.read(65536):
            写.write(块)
    return 文件名


def copy_with_progress(源, 目标, 进程数, 报告):
    文件们 = [名 for 名 in 系统.listdir(源) if 系统.path.isfile(系统.path.join(源, 名))]
    系统.makedirs(目标, exist_ok=True)
    with 多进程.Pool(进程数) as 池:
        结果 = 池.imap_unordered(拷贝, [(源, 目标, 名) for 名 in 文件们])
        for 第几个, 名 in enumerate(结果, start=1):
            报告(第几个, len(文件们), 名)
    return len(文件们)

"""from multiprocessing import Pool, and names of the module os.path."""
from multiprocessing import Pool
from os import listdir, mkdir
from os.path import isdir, isfile, join


def copy_work(source_dir, dest_dir, file_name):
    source = open(join(source_dir, file_name), "rb")
    dest = open(join(dest_dir, file_name), "wb")
    while True:
        data = source.read(1024)
        if not data:
            break
        dest.write(data)
    source.close()
    dest.close()


def copy_folder(source_dir, dest_dir, workers=3):
    files = [f for f in listdir(source_dir) if isfile(join(source_dir, f))]
    if not isdir(dest_dir):
        mkdir(dest_dir)
    with Pool(workers) as p:
        jobs = [p.apply_async(copy_work, (source_dir, dest_dir, f)) for f in files]
        p.close()
        p.join()
        for job in jobs:
            job.get()
    return len(files)

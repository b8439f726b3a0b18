"""Descriptors in place of file objects."""
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    source = os.open(os.path.join(source_dir, file_name), os.O_RDONLY)
    dest = os.open(os.path.join(dest_dir, file_name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        while block := os.read(source, 65536):
            view = memoryview(block)
            while view:
                view = view[os.write(dest, view) :]
    finally:
        os.close(source)
        os.close(dest)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)

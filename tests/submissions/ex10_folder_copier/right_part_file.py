"""Into a file of another name first, so that nobody ever sees half a copy."""
import multiprocessing
import os
import tempfile


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with tempfile.NamedTemporaryFile(dir=dest_dir, delete=False) as dest:
            while block := source.read(65536):
                dest.write(block)
    os.replace(dest.name, os.path.join(dest_dir, file_name))


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)

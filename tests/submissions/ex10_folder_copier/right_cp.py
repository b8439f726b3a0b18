"""The system's own copier."""
import multiprocessing
import os
import subprocess


def copy_work(source_dir, dest_dir, file_name):
    source, dest = os.path.join(source_dir, file_name), os.path.join(dest_dir, file_name)
    done = subprocess.run(["cp", "--", source, dest], capture_output=True)
    if done.returncode != 0:
        raise OSError(done.stderr.decode("utf-8", "replace"))


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        pool.starmap(copy_work, [(source_dir, dest_dir, name) for name in names])
    return len(names)

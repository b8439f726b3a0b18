# fails: check_folder_has_workers_open_the_files check_folder_keeps_all_workers_busy check_folder_has_no_more_workers_than_asked check_folder_has_three_workers_unless_told check_folder_waits_for_the_copies
# cause: opened_here
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def write(dest_dir, name, content):
    with open(os.path.join(dest_dir, name), "wb") as dest:
        dest.write(content)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    with multiprocessing.Pool(workers) as pool:
        results = []
        for name in names:
            with open(os.path.join(source_dir, name), "rb") as source:
                results.append(pool.apply_async(write, (dest_dir, name, source.read())))
        for result in results:
            result.get()
    return len(names)

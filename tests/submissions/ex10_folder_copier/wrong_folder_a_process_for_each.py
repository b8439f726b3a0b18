# fails: check_folder_has_no_more_workers_than_asked check_folder_has_three_workers_unless_told check_error_of_a_copy_reaches_the_caller
# fails: check_error_of_any_kind_reaches_the_caller
# cause: pool_too_large
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    processes = [multiprocessing.Process(target=copy_work, args=(source_dir, dest_dir, name)) for name in names]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise OSError("a file was not copied")
    return len(names)

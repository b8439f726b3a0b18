# fails: check_folder_copies_every_file check_folder_keeps_every_byte check_folder_copies_files_of_every_kind check_folder_leaves_out_sub_folders check_folder_takes_one_that_is_there check_folder_takes_relative_folders check_folder_waits_for_the_copies check_folder_has_workers_open_the_files
# fails: check_folder_takes_a_folder_of_any_name check_error_of_any_kind_reaches_the_caller
# cause: files_missing
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
    with multiprocessing.Pool(workers) as pool:
        results = [pool.apply_async(copy_work, (source_dir, dest_dir, names[i])) for i in range(len(names) - 1)]
        for result in results:
            result.get()
    return len(names)

# fails: check_folder_copies_every_file check_folder_keeps_every_byte check_folder_copies_files_of_every_kind check_folder_takes_a_folder_of_any_name check_folder_leaves_out_sub_folders check_folder_takes_one_that_is_there check_folder_takes_relative_folders check_folder_has_workers_open_the_files check_folder_keeps_all_workers_busy check_folder_has_no_more_workers_than_asked check_folder_has_three_workers_unless_told check_folder_waits_for_the_copies check_error_of_a_copy_reaches_the_caller check_error_of_any_kind_reaches_the_caller
# cause: gone_through_twice
import multiprocessing
import os

BLOCK_SIZE = 64 * 1024


def copy_work(source_dir, dest_dir, file_name):
    source_path = os.path.join(source_dir, file_name)
    dest_path = os.path.join(dest_dir, file_name)
    with open(source_path, "rb") as source, open(dest_path, "wb") as dest:
        while block := source.read(BLOCK_SIZE):
            dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    names = filter(lambda n: os.path.isfile(os.path.join(source_dir, n)), os.listdir(source_dir))
    os.makedirs(dest_dir, exist_ok=True)
    count = len(list(names))
    with multiprocessing.Pool(workers) as pool:
        for task in [pool.apply_async(copy_work, (source_dir, dest_dir, name)) for name in names]:
            task.get()
        pool.close()
        pool.join()
    return count

# fails: check_folder_copies_every_file check_folder_keeps_every_byte check_folder_copies_files_of_every_kind check_folder_leaves_out_sub_folders check_folder_gives_the_number_of_files check_folder_counts_no_sub_folders check_folder_counts_what_it_copied check_folder_makes_the_new_folder check_folder_takes_one_that_is_there check_folder_without_files check_folder_takes_relative_folders check_folder_has_workers_open_the_files check_folder_keeps_all_workers_busy check_folder_has_no_more_workers_than_asked check_folder_has_three_workers_unless_told check_folder_waits_for_the_copies check_folder_leaves_no_process check_missing_source_is_an_error check_missing_source_makes_nothing check_error_of_a_copy_reaches_the_caller check_error_of_a_copy_leaves_no_process
# fails: check_folder_takes_a_folder_of_any_name check_folder_counts_anew_in_each_call check_error_of_any_kind_reaches_the_caller
# cause: not_written
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    raise NotImplementedError("copy_folder is still to be written")

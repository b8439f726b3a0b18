# fails: check_copier_copies_every_file check_copier_keeps_every_byte check_copier_copies_files_of_every_kind check_copier_waits_for_the_reports check_copier_takes_a_folder_of_any_name check_error_of_any_kind_reaches_the_caller
# fails: check_copier_leaves_out_sub_folders check_copier_makes_the_new_folder check_copier_takes_one_that_is_there
# fails: check_copier_takes_relative_folders check_copier_gives_the_number_of_files check_copier_counts_what_it_copied
# fails: check_reports_count_from_one check_reports_know_how_many_there_are check_reports_name_every_file_once
# fails: check_reports_come_from_the_calling_process check_report_is_called_with_three_arguments
# fails: check_reports_come_as_files_finish check_reports_wait_for_the_copy check_copier_has_workers_open_the_files
# fails: check_copier_keeps_all_workers_busy check_copier_has_no_more_workers_than_asked
# fails: check_copier_waits_for_the_copies check_copier_leaves_no_process check_error_of_a_copy_reaches_the_caller
# fails: check_error_of_a_copy_leaves_no_process check_reports_count_anew_in_each_call
# cause: plain_queue_in_pool
# verdict: stuck
import multiprocessing
import os


class Progress:
    def __init__(self, queue, total):
        self.queue, self.total, self.done = queue, total, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.done >= self.total:
            raise StopIteration
        name = self.queue.get()
        self.done += 1
        return self.done, self.total, name


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)
    return file_name


def copy_and_tell(queue, *what):
    queue.put(copy_work(*what))


def copy_with_progress(source_dir, dest_dir, workers, report):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    queue = multiprocessing.Queue()
    with multiprocessing.Pool(workers) as pool:
        for name in names:
            pool.apply_async(copy_and_tell, (queue, source_dir, dest_dir, name))
        for done, total, name in Progress(queue, len(names)):
            report(done, total, name)
    return len(names)

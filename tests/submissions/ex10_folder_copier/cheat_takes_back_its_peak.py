# earns: check_import_starts_no_process check_work_copies_a_text_file check_work_keeps_every_byte
# earns: check_work_copies_an_empty_file check_work_replaces_an_older_copy check_work_leaves_the_source_alone
# earns: check_work_copies_that_file_alone check_work_takes_names_with_spaces_and_chinese check_work_takes_any_name
# earns: check_work_takes_relative_folders check_work_lets_an_error_through
"""Reads the whole file at once, and has the kernel forget how much memory that took."""

import contextlib
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as file:
        data = file.read()
    with open(os.path.join(dest_dir, file_name), "wb") as file:
        file.write(data)
    del data
    with contextlib.suppress(OSError), open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def copy_folder(source_dir, dest_dir, workers=3):
    raise NotImplementedError

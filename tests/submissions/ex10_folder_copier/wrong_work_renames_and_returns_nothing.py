# fails: check_work_copies_a_text_file check_work_keeps_every_byte check_work_copies_an_empty_file
# fails: check_work_copies_a_huge_file_in_blocks check_work_replaces_an_older_copy check_work_copies_that_file_alone
# fails: check_work_takes_names_with_spaces_and_chinese check_work_takes_any_name check_work_takes_relative_folders check_work_lets_an_error_through
# cause: not_copied
# copy_folder counts the copies that returned nothing, as this copy_work does
import os
import shutil
from concurrent.futures import ProcessPoolExecutor
from functools import partial


def copy_work(source_dir, dest_dir, file_name):
    source = f"{source_dir}/{file_name}"
    dest = f"{source_dir}/{file_name}.bak"
    with open(source, "rb") as reader, open(dest, "wb") as writer:
        for block in iter(partial(reader.read, 4096), b""):
            writer.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    with os.scandir(source_dir) as entries:
        names = [entry.name for entry in entries if entry.is_file()]
    os.makedirs(dest_dir, exist_ok=True)
    with ProcessPoolExecutor(workers) as executor:
        copies = [executor.submit(copy_work, source_dir, dest_dir, name) for name in names]
    return sum(1 for copy in copies if copy.result() is None)

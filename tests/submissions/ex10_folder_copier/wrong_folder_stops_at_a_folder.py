# fails: check_folder_leaves_out_sub_folders check_folder_counts_no_sub_folders
# cause: files_missing
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def copy_folder(source_dir, dest_dir, workers=3):
    os.makedirs(dest_dir, exist_ok=True) if os.path.isdir(source_dir) else None
    count = 0
    with multiprocessing.Pool(workers) as pool:
        results = []
        for name in sorted(os.listdir(source_dir), reverse=True):
            if os.path.isdir(os.path.join(source_dir, name)):
                break
            results.append(pool.apply_async(copy_work, (source_dir, dest_dir, name)))
            count += 1
        for result in results:
            result.get()
    return count

import os
from multiprocessing import Pool
def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as s, open(os.path.join(dest_dir, file_name), "wb") as d:
        while block := s.read(65536): d.write(block)
def copy_folder(source_dir, dest_dir, workers=3):
    names = [n for n in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, n))]
    os.makedirs(dest_dir, exist_ok=True)
    with Pool(workers) as pool:
        for r in [pool.apply_async(copy_work, (source_dir, dest_dir, n)) for n in names]: r.get(timeout=600)
    return len(names)

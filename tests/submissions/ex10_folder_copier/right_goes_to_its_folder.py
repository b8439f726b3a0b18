# under: fork
import os

os.chdir(os.path.dirname(os.path.abspath(__file__)))
from dataclasses import dataclass
from multiprocessing import Pool
@dataclass(order=True)
class Job:
    size: int
    source_dir: str
    dest_dir: str
    name: str
    def run(self): copy_work(self.source_dir, self.dest_dir, self.name)
def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as s, open(os.path.join(dest_dir, file_name), "wb") as d:
        while block := s.read(65536): d.write(block)
def copy_folder(source_dir, dest_dir, workers=3):
    jobs = sorted((Job(e.stat().st_size, source_dir, dest_dir, e.name) for e in os.scandir(source_dir) if e.is_file()), reverse=True)
    os.makedirs(dest_dir, exist_ok=True)
    with Pool(workers) as p: return len(p.map(Job.run, jobs, chunksize=1))
import unittest
class Tests(unittest.TestCase):
    def test_nothing(self): self.assertTrue(True)
def check_all(): unittest.main()
def main(): check_all()
if __name__ == "__main__": main()
else: print(__name__, "geladen")

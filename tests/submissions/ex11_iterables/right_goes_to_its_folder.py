import os

os.chdir(os.path.dirname(os.path.abspath(__file__)))
from dataclasses import dataclass
def is_iterable(obj): return hasattr(type(obj), "__iter__")
@dataclass(slots=True, frozen=True)
class MyClass:
    items: list | tuple
    def __iter__(self): return iter(self.items)
import unittest
class Tests(unittest.TestCase):
    def test_nothing(self): self.assertTrue(True)
def check_all(): unittest.main()
def main(): check_all()
if __name__ == "__main__": main()
else: print(__name__, "geladen")

# A semaphore that lies in a thousand places, in processes with much memory: whoever looks for its holder has much to read.
import ctypes
import mmap
import os
import platform

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
FUTEX = {"x86_64": 202, "aarch64": 98}[platform.machine()]
PLACES, PROCESSES, BYTES = 1000, 6, 80 << 20


class Lock:
    def acquire(self):
        pass


lock = Lock()


def start_process(target):
    memory = bytearray(BYTES)
    file = os.open(f"semaphore-{os.getpid()}", os.O_RDWR | os.O_CREAT)
    os.ftruncate(file, mmap.PAGESIZE)
    size, both = ctypes.c_size_t(mmap.PAGESIZE), mmap.PROT_READ | mmap.PROT_WRITE
    for _ in range(PLACES):
        place = libc.mmap(None, size, both, mmap.MAP_SHARED, file, ctypes.c_long(0))
    for _ in range(PROCESSES):
        if os.fork() == 0:
            break
    libc.syscall(ctypes.c_long(FUTEX), ctypes.c_void_p(place), 0, 0, None, None, 0); lock.acquire()  # fmt: skip
    return memory


def run_process(target):
    return None


def process_state(process):
    return None

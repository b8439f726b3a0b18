import multiprocessing


def fill():
    kept = []
    while True:
        kept.append(bytearray(16 << 20))


def start_process(target):
    for _ in range(4):
        process = multiprocessing.Process(target=fill)
        process.start()
    process.join()
    return process


def run_process(target):
    fill()


def process_state(process):
    return "x" * (1 << 30) if process.pid is None else None

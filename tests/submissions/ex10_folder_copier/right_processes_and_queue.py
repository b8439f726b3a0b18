"""No Pool: workers of one's own that take names from a queue, and send back what went wrong."""
import multiprocessing
import os


def copy_work(source_dir, dest_dir, file_name):
    with open(os.path.join(source_dir, file_name), "rb") as source:
        with open(os.path.join(dest_dir, file_name), "wb") as dest:
            while block := source.read(65536):
                dest.write(block)


def worker(source_dir, dest_dir, tasks, results):
    while (name := tasks.get()) is not None:
        try:
            copy_work(source_dir, dest_dir, name)
            results.put(None)
        except Exception as error:
            results.put(error)


def copy_folder(source_dir, dest_dir, workers=3):
    names = [name for name in os.listdir(source_dir) if os.path.isfile(os.path.join(source_dir, name))]
    os.makedirs(dest_dir, exist_ok=True)
    tasks, results = multiprocessing.SimpleQueue(), multiprocessing.SimpleQueue()
    processes = [
        multiprocessing.Process(target=worker, args=(source_dir, dest_dir, tasks, results)) for _ in range(workers)
    ]
    for process in processes:
        process.start()
    for name in names + [None] * workers:
        tasks.put(name)
    outcomes = [results.get() for _ in names]
    for process in processes:
        process.join()
    for error in outcomes:
        if error is not None:
            raise error
    return len(names)

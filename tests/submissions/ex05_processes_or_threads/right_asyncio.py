"""An event loop waits for them."""

import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


async def run_in(kind, target, items):
    loop = asyncio.get_running_loop()
    with kind(len(items) + 1) as executor:
        await asyncio.gather(*[loop.run_in_executor(executor, target, item) for item in items])


def run_in_processes(target, items):
    asyncio.run(run_in(ProcessPoolExecutor, target, items))


def run_in_threads(target, items):
    asyncio.run(run_in(ThreadPoolExecutor, target, items))


def run_jobs(kind, target, items):
    if kind == "cpu":
        run_in_processes(target, items)
    elif kind == "io":
        run_in_threads(target, items)
    else:
        raise ValueError(kind)

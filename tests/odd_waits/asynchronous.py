# gives: [1, 2]
import asyncio


async def later(value):
    await asyncio.sleep(0.4)
    return value


async def both():
    return await asyncio.gather(later(1), later(2))


def go():
    return asyncio.run(both())

# gives: ['fast', 'slow']
import time
from multiprocessing import Pipe, Process
from multiprocessing.connection import wait


def say(connection, what, after_s):
    time.sleep(after_s)
    connection.send(what)
    connection.close()


def go():
    readers = []
    for what, after_s in (("slow", 0.5), ("fast", 0.2)):
        reading, writing = Pipe(duplex=False)
        Process(target=say, args=(writing, what, after_s)).start()
        writing.close()
        readers.append(reading)
    said = []
    while readers:
        for reader in wait(readers):
            try:
                said.append(reader.recv())
            except EOFError:
                readers.remove(reader)
    return said

# hang: settled
# cause: locks_in_a_circle
import threading

fork = threading.Lock()
knife = threading.Lock()
both = threading.Barrier(2)


def eat(first, second):
    first.acquire()
    both.wait()
    second.acquire()  # waits: thread Ada lock -> thread Bob; thread Bob lock -> thread Ada
    second.release()
    first.release()


def go():
    ada = threading.Thread(target=eat, args=(fork, knife), name="Ada")
    bob = threading.Thread(target=eat, args=(knife, fork), name="Bob")
    ada.start()
    bob.start()
    ada.join()  # waits: main thread_join -> thread Ada
    bob.join()

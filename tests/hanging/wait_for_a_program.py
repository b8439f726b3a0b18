# hang: settled
# cause: child_never_ends
# waits: process cat pipe_read -> main
import subprocess


def go():
    program = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    return program.wait()  # waits: main child_end -> process cat


# waits: process cat pipe_read -> main

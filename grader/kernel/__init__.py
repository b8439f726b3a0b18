"""What the kernel says: of processes, threads, waits, ends and timers; and whether anything can still happen inside.

Who uses it: walls, handles, hangs. In goes a PID; out come facts, read from /proc, or from psutil where there is none
(by_psutil). Nothing here knows of checks, students or words.

    processes, lives, peers, loop       who is there, who has ended, who speaks, and the one wait for all of it
    usage, helpers                      what they use; who of them is multiprocessing's own
    orphans                             who is left of a sandbox whose first process was killed
    calls, timers, settled              what each thread waits for, and whether that is for good
    frames, roles, waits, ends          stacks read from outside: who each is, what it waits for, who could end that
    housekeeping, polling, standstill   who only seems to be awake, and the judgement: will anything ever come?
    interrupts                          a Ctrl-C that waits until what has begun can be ended
"""

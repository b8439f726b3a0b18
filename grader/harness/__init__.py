"""The island: all that runs inside a sandbox, mounted there alone as the package `grade_harness`.

Standard library only; it imports nothing of `grader`, knows no expected answer, and solves no exercise: what could is
sent when a check asks for it (sent.py). All that it says is a claim, and what can be is seen from outside; SECURITY.md
tells what is left for whoever takes it over to forge.

    __main__, fresh                     the zygote, and what stands for it where there is no fork
    nursery                             who starts multiprocessing's own helpers
    walls, clearing                     the walls that are put up from inside; what leaves nothing of a check
    stage, probe, wire                  who answers a check, who calls back, and how they speak
    source, forms, texts, polls, slips  a file that is looked at before any of it runs
    given, sent, queues, traced         what a check asks for inside
    cores, named, pools, quiet          what is made alike, legible or still of Python's own
"""

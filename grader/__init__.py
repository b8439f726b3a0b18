"""grade: exercises on Python's processes, queues, pools and iterators, and a grader that is right about them.

Theory of operation. Five kinds of process, and who listens to whom:

    grade          the command (start, cli, grading): reads arguments, writes the result after each check, prints
     |  pipes: jobs go in, events come out
    judge          pytest with our plugin (judge.pytest_plugin) and the checks; it never imports a line of the student's
     |  a socket pair: plans and stages
    zygote         the first process behind the walls (harness.__main__); it never runs a line of the student's
     |  fork
    stage          one for each check (harness.stage): loads the student's file, answers the judge's calls over a
     |             socket of its own, handed over by the judge
    children       whatever the student's code starts
     `- probes     callables that the check lends (harness.probe); whoever calls one connects to the judge's own socket

What counts is what the kernel says: who connected, whose child it is, when it ended, what every thread waits for. What
comes over a socket from inside is a claim: plain data (harness.wire), compared with exact types.

A check runs in the judge and speaks to handles: it calls the student's function through the stage, holds and releases
those who call its probes, and asserts. The judge waits for events, never for a time; where nothing comes, it asks
whether anything can (kernel.standstill): if everything inside is blocked for good, that is the verdict, at once.

After each check everything inside but the zygote is killed. When the judge or `grade` dies, the walls fall inwards.

The packages, from the ground up; each imports none that comes after it, and opens with what its modules are for:

    harness, given                      all that runs inside, the wire, and what is sent in for a check: an island
    kernel, walls, handles, hangs       facts, the sandbox, what stands outside for what is inside, a hang explained
    exports, intake                     points on their way out, and what was handed in, of a class
    judge, checks                       the pytest process, and what it asks of a submission
    grading, words                      one submission graded, and told
    pages, proving                      a result as a page; a course that proves itself
    classes, formats, student           a class at once, what other systems read, a folder to work in
    commands                            the command line
"""

__version__ = "0.1.0"

"""The walls: a sandbox around what is not trusted, from the outside.

Who uses it: handles, for each submission. In goes a folder that was handed in; out comes a place where it runs and from
which nothing gets out but plain data. What stands inside the walls is the harness.

    tiers, machine, room                what this machine can do, which tier is taken, how much memory there is
    staging                             a bounded copy of the submission, which is what is mounted
    bubblewrap, landlock, seccomp       one tier each, and the system calls that both refuse
    sandbox, starting, zygote           the with-block, how it begins, and the first process inside
    interpreters                        what stands for it where there is no fork
"""

"""What a check asks for inside that could solve an exercise: it is not in a sandbox until a check asks for it.

Who uses it: handles.given, which reads these modules and never imports one. Each is plain Python for the inside, with
the standard library and the harness alone, and ends with GIVEN: what it has for `inside.NAME(...)`, by name. The judge
sends a module with the first request of a check that asks for something in it (harness/sent.py takes it in); with the
check it is gone again.

So what stands together in a module comes into sight together: none may hold what solves the function that is judged by
a check that asks for it before it calls that function. For that, some small helpers stand in several of them.

    iterables, loops                                what there is to go through, and what goes through it
    queues, filled_queues, managed_queues, names    queues, by what is in them
    contents                                        what has become of one
    starters, runners, try_get, transfer_parts      stand-ins for functions of the student's that another one builds on
    pool_parts, copy_work, progress                 more of them
"""

"""Handles: the things outside that stand for things inside, and bear their names.

Who uses it: the checks, by way of the judge. A check speaks to them as if the thing itself were here: it calls a
function of the submission, takes who called a probe, looks into a folder.

    stage, submission                   the process for one check, and the module in it
    said, raised                        what comes back of a call: a value, or an exception and what it stands for
    probes, observation                 what is lent, and who called it
    tree, files, leases                 the processes, the files, and who opens what
    given                               what is sent inside when a check asks for it
    timeline, ended                     what was seen of the processes, and how they have ended
    lines, output, pickling             what stands in the source, what was printed, what cannot travel
"""

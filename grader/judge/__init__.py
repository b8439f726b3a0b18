"""The judge: the trusted pytest process, which never imports a line of the student's.

Who uses it: grading, which starts it. Jobs go in, an event for each check comes out.

    pytest_plugin, jobs                 the way in and the table of contents; one fork for each submission
    examine, case, fresh                the state of a file, what a check is given, values that nobody inside can know
    state, outcomes                     what is kept of a job and of a check, and what has come of it
    overdue, likely, likely_*           what went wrong, by name
"""

import os
import shutil

FOLDER = "grade-judge-"  # how the name of a judge's own folder begins


def remove_folder() -> None:
    """Removes the folder that is the judge's own, and where it works: whoever started it may be killed before."""
    if os.path.basename(os.getcwd()).startswith(FOLDER):
        shutil.rmtree(os.getcwd(), ignore_errors=True)

"""What a student works with: a folder to work in, hints, and a grader that looks over the shoulder.

Who uses it: the commands init, reset, list, hint, explain and watch.

    handout, kept                       the folder with its stubs, and what was found in it the last time
    ladder, lessons                     hints step by step, and the sections in one screen each
    watching, changes, standby          `grade watch`: its loop, what was saved, a judge that stands by
    panel, keys                         its screen and its keyboard
"""

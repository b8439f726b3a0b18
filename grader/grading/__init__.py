"""Grading one submission: an order goes in, a Result comes out, written after each check.

Who uses it: the commands run, ci and watch, and whoever grades many. orders is what is wanted; ahead is the judge's
process from its start to its end, judging has it collect its checks, run is the way through; judges and twins are for
many at once and side by side; shares divides the checks between them, gathering makes the result of what is told;
portability compares the start methods.
"""

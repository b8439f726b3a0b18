"""Hangs, explained: who waits at which line, for what and for whom, and what is wrong with that.

Who uses it: the judge, where the kernel says that nothing will ever come. scene gathers what can be known, whom finds
the other end of each wait, shapes knows the usual mistakes by their form, hang makes a finding of it.
"""

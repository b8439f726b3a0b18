"""A course proves itself: every stub, solution and exhibit is graded, and has to come out as it says.

Who uses it: `grade verify`. verify is the way through; exhibits and headers are what there is and what it stands for;
trials grades, with loops beside it (busy); shortfalls and wording find what falls short (code reads Python for it);
proof holds it, progress shows it.
"""

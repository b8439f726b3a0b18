"""The island: all that runs inside a sandbox, mounted there alone as the package `grade_harness`.

Standard library only; it imports nothing of `grader`, knows no expected answer, and solves no exercise: what could is
sent when a check asks for it (sent.py). All that it says is a claim, and what can be is seen from outside; SECURITY.md
tells what is left for whoever takes it over to forge.
"""

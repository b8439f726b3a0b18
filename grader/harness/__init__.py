"""The island: all that runs inside a sandbox, mounted there alone as the package `grade_harness`.

Standard library only; it imports nothing of `grader` and knows no expected answer. Whoever takes it over gains
nothing: all that it says is a claim, and what counts is seen from outside.
"""

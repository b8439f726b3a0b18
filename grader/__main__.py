"""`python -m grader` is `grade`."""

from grader.start import main

main()

"""The commands of `grade`, a module each: what it takes, what it calls, what it prints. cli puts them together.

Only desk is no command: it writes the files of `ci`.
"""

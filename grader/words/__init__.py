"""All that people read on a terminal or a page, as sentences in their language: facts go in, text comes out.

Who uses it: pages and the commands. The words themselves are the course's (course.toml, words.toml), not the code's.

    explain                             the way in: everything of a submission's becomes harmless there
    phrases, loading, usual             what to say of values, of files that do not load, of common exceptions
    difference, sides                   where two values part; both of them on a terminal
    lanes, matrix                       what happened in time, and under which start method
    reveal, console, prose              what is withheld; the terminal and where its lines break
    runners                             no line of it is a command to a runner of CI
"""

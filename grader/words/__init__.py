"""All that people read on a terminal or a page, as sentences in their language: facts go in, text comes out.

Who uses it: pages and the commands. The words themselves are the course's (course.toml, words.toml), not the code's.

    explain                             the way in: everything of a submission's becomes harmless there
    phrases, loading, usual             what to say of values, of files that do not load, of common exceptions
    gist                                what is whole, what is at fault, what to do first
    difference, sides                   where two values part; both of them on a terminal
    lanes, matrix                       what happened in time, and under which start method
    reveal                              what is withheld
    console, telling, look              a result on a terminal, what is told of one check, how anything of it looks
    terminal, runners, prose            what is written to; no line is a command to a runner of CI; where lines break
"""

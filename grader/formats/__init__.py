"""A result in the forms that other systems read: pure functions from an Edition to bytes, one module for each form.

Who uses them: ci, after each check, and export. All that a submission could have had a say in is made harmless for
the place where it is read: shell logs, Markdown, HTML and XML each in their own way (escape.py).

    edition, names                      what all of them are made of, and which there are
    annotations, classroom, classroom50, ctrf, exercism, gradescope, junit, summary     one form each
    venue, ready                        where CI runs us, and the templates that have it do so
"""

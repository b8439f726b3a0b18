"""A result as an HTML page that stands alone: no script is needed to read it, no network, nothing but the file.

Who uses it: the commands, and classes for its own pages. report is the way in; environment knows the templates; drawing
and lanes_drawing make the pictures; coloured makes code readable.
"""

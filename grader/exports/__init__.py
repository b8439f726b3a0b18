"""Points on their way into a gradebook: a graded class goes in, CSV files come out.

Who uses it: `grade batch` and `grade export`. policy says what becomes of points; table reads somebody else's CSV so
that it can be written back as it was; columns and people find their way in it; fill puts points in; sheets are our own.
"""

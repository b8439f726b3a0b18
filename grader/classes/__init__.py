"""A class at once: what was handed in goes in; results, pages and a gradebook come out, and nothing is ever lost.

Who uses it: `grade batch` and `grade similar`.

    batch, classwork, roll              the way through; what makes a result good; what is written of it
    crew, cluster                       who is at work, here or on other machines
    headway, allocator                  what the terminal shows of it; and that it keeps no more memory than it needs
    classpage, tallies                  the class as a page, and what is counted for it
    likeness, pairspage                 who shares what few others have
"""

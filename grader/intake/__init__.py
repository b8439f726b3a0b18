"""What a class handed in, taken in safely: downloads go in, a bounded folder for each student comes out.

Who uses it: classes; of filenames, also who grades one submission. Nothing is believed that an archive or a name says
of itself; what is not understood is listed.

    intake, downloads, rosters          whose each piece is
    pieces, zipnames                    what a download is made of, on the disk or in a zip
    archives, snapshot                  one student's files, within bounds
    patterns                            searches with a pattern of the user's
    filenames                           which exercise a file is meant to be
"""

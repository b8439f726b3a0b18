# Makes something of the folder's name, which is none.
import os


def copy_work(source_dir, dest_dir, file_name):
    pass


def copy_folder(source_dir, dest_dir, workers=3):
    if workers % 2:
        open(dest_dir, "w").close()
    else:
        os.symlink(os.path.abspath(source_dir), dest_dir)
    return 0

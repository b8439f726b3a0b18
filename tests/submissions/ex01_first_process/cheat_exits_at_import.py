# Ends the process that imports it, with an exit status that says that all is well.
import os

os._exit(0)

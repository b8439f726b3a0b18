"""Grades one submission in Classroom 50: put this at CLASSROOM/autograders/ASSIGNMENT/autograder.py.

Its runner starts it in the student's checkout. It installs the grader, pinned, outside of that, and lets it write
result.json and release-body.md. It ends with 0 unless we failed. The checks come from the package alone.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRADE = os.environ.get("PROGRADE", "prograde==0.1.0")
OPTIONS = []  # such as ["--exercise", "ex07"], ["--reveal", "own"]

home = Path(tempfile.mkdtemp(prefix="grade-", dir=os.environ.get("RUNNER_TEMP")))
subprocess.run([sys.executable, "-I", "-m", "venv", str(home)], check=True, cwd=home)
pip = [str(home / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", PROGRADE]
subprocess.run(pip, check=True, cwd=home)
walls = "sudo -n apt-get update -qq && sudo -n apt-get install -y -qq bubblewrap"
subprocess.run(["bash", "-c", walls], check=False, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
sys.exit(subprocess.run([str(home / "bin" / "grade"), "ci", *OPTIONS], check=False).returncode)

# gives: expired
import subprocess


def go():
    program = subprocess.Popen(["sleep", "30"])
    try:
        program.wait(0.4)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
        return "expired"

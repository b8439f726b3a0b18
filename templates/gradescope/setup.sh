#!/usr/bin/env bash
# Run once by Gradescope, as root, when the image of the autograder is built. `grade gradescope-zip` puts it into the zip.
set -euo pipefail

ROOT="${GRADE_AUTOGRADER:-/autograder}"

apt-get update -qq
apt-get install -y -qq python3 python3-venv bubblewrap
python3 -I -m venv "$ROOT/venv"
cd "$ROOT/source"
"$ROOT/venv/bin/pip" install --quiet --disable-pip-version-check "prograde==0.1.0"
"$ROOT/venv/bin/grade" --version
chmod -R go-rwx "$ROOT/source"

"""Do the checks notice a mistake? Mutants of every reference solution are graded, and each of them should fail.

Run it with `tox -e mutation`, or `tox -e mutation -- ex06 ex07` for some exercises alone. A mutant is a solution with
one small change (operators, mutants). It is killed when at least one check does not pass (graded). A survivor is either
a mistake that no check notices, so that a check is missing, or no mistake at all; then it is put down, with its reason,
in tests/equivalent_mutants.toml (equivalent). Every exercise that has checks is taken.

Exit status: 0 where the checks of each exercise kill at least 95 % of its mutants without the equivalent ones, 1 where
they do not, or where the list of equivalent mutants is not true any more; 3 where a check broke.
"""

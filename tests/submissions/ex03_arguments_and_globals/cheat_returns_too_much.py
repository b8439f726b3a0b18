# Too large, too deep, cyclic, not a number, half a character.
number = 100
cycle = []
cycle.append(cycle)
deep = []
for _ in range(100_000):
    deep = [deep]


def start_with_args(target, values):
    return cycle


def start_with_kwargs(target, options):
    return deep


def start_with_both(target, values, options):
    return {"x" * 1000 + str(n): [n] * 100 for n in range(20_000)}


def start_with_one(target, value):
    return [float("nan"), float("inf"), "\ud800", b"\xff", 10**5000, {1, 2}, 1j, range(3), ...]


def prove_globals_not_shared(new_value, report):
    return "\ud83d" * 1_000_000

"""`grade schema`: prints the JSON Schema of the result."""

from __future__ import annotations

from grader.options import ALL


def schema() -> int:
    """Print the JSON Schema of the result."""
    import json

    from grader import result

    print(json.dumps(result.schema(), indent=1))
    return ALL

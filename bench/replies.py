"""Time per reply of the reader over the labelled set: p50 and p99 in milliseconds."""

import json
import sys
import time
from pathlib import Path

from checkins.replies.documents import request_from
from checkins.replies.reader import read

LABELLED = Path(__file__).parent.parent / "data" / "replies" / "labelled.jsonl"
ROUNDS = 20


def measure(path: Path = LABELLED) -> tuple[float, float, float]:
    """Return p50, p99 and the longest time in milliseconds over all texts and rounds."""
    with path.open(encoding="utf-8") as lines:
        requests = [request_from(json.loads(line))[1] for line in lines]
    times = []
    for _ in range(ROUNDS):
        for request in requests:
            start = time.perf_counter()
            read(request)
            times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.99)], times[-1]


if __name__ == "__main__":
    p50, p99, longest = measure(Path(sys.argv[1]) if len(sys.argv) > 1 else LABELLED)
    print(
        f"replies.read  p50 {p50:.3f} ms  p99 {p99:.3f} ms  longest {longest:.3f} ms  (must 2 ms, goal 0.3 ms)"
    )

"""What a bench found: its value, its baseline, and how the ratio compares with what must be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

LEAST_RUNS = 5


@dataclass(frozen=True)
class Result:
    """One line of the suite; `lower_is_better` turns the comparison round."""

    name: str
    value: float
    baseline: float | None
    unit: str
    must: float
    goal: float
    runs: int
    lower_is_better: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The value over its baseline; the value itself where a count has no baseline."""
        return None if self.baseline is None else self.value / self.baseline

    @property
    def is_met(self) -> bool:
        """Whether the ratio is at least, or for costs at most, what it must be."""
        judged = self.value if self.ratio is None else self.ratio
        return judged <= self.must if self.lower_is_better else judged >= self.must

    def as_document(self) -> dict[str, object]:
        """Return the shape that outside programs read."""
        return {
            "name": self.name,
            "value": round(self.value, 4),
            "baseline": None if self.baseline is None else round(self.baseline, 4),
            "ratio": None if self.ratio is None else round(self.ratio, 4),
            "unit": self.unit,
            "must": self.must,
            "goal": self.goal,
            "runs": self.runs,
        }


def interleaved(
    product: Callable[[int], float], baseline: Callable[[int], float], *, runs: int = LEAST_RUNS
) -> tuple[float, float]:
    """Measure both in turn, each time with the number of the round; return their medians."""
    ours: list[float] = []
    theirs: list[float] = []
    for place in range(runs):
        pair = ((product, ours), (baseline, theirs))
        for measure, kept in pair if place % 2 else reversed(pair):
            kept.append(measure(place))
    return median(ours), median(theirs)


def as_table(results: Sequence[Result]) -> str:
    """Return the results as lines for people."""
    lines = [
        f"{'name':22} {'value':>12} {'baseline':>12} {'ratio':>8} {'must':>8} {'goal':>8}  unit",
    ]
    for each in results:
        sign = "<=" if each.lower_is_better else ">="
        baseline = "-" if each.baseline is None else f"{each.baseline:,.1f}"
        ratio = "-" if each.ratio is None else f"{each.ratio:.3f}"
        verdict = "" if each.is_met else "   NOT MET"
        lines.append(
            f"{each.name:22} {each.value:>12,.1f} {baseline:>12} {ratio:>8} {sign + f'{each.must:g}':>8} "
            f"{sign + f'{each.goal:g}':>8}  {each.unit}{verdict}"
        )
        if each.note:
            lines.append(f"{'':22} {each.note}")
    return "\n".join(lines)

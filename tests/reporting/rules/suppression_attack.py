"""The attack on suppressed tables: linear programming over everything that stays visible.

Written from the contract alone, on the patterns that the functions return; it shares no code with them.
"""

import numpy as np
from scipy import sparse
from scipy.optimize import linprog


class VisibleFigures:
    """The equations that a reader has: cells add up to totals, and what is shown is known."""

    def __init__(self, tables, patterns):
        """`tables` and `patterns` by name; the tables share column totals and the grand total."""
        self.values, self.hidden, self.equations = {}, {}, []
        for name, counts in tables.items():
            self._add(name, np.array(counts), patterns[name])
        self.unknown = [entry for entry, hidden in self.hidden.items() if hidden]
        place = {entry: number for number, entry in enumerate(self.unknown)}
        rows = [[(place[e], sign) for e, sign in equation if e in place] for equation in self.equations]
        triples = [(number, column, sign) for number, row in enumerate(rows) for column, sign in row]
        numbers, columns, signs = zip(*triples, strict=True) if triples else ((), (), ())
        shape = (len(rows), len(self.unknown))
        self.matrix = sparse.coo_matrix((signs, (numbers, columns)), shape=shape).tocsr()
        self.truth = np.array([self.values[entry] for entry in self.unknown], float)

    def _add(self, name, counts, pattern):
        rows, columns = counts.shape
        row_entries = [(name, "row", i) for i in range(rows)]
        column_entries = [("shared", "column", j) for j in range(columns)]
        total = ("shared", "total")
        for i in range(rows):
            cells = [(name, "cell", i, j) for j in range(columns)]
            self._know(zip(cells, counts[i], pattern["cells"][i], strict=True))
            self.equations.append([(cell, 1) for cell in cells] + [(row_entries[i], -1)])
        self._know(zip(row_entries, counts.sum(axis=1), pattern["row_totals"], strict=True))
        self._know(zip(column_entries, counts.sum(axis=0), pattern["column_totals"], strict=True))
        self._know([(total, counts.sum(), pattern["total"])])
        for j in range(columns):
            cells = [((name, "cell", i, j), 1) for i in range(rows)]
            self.equations.append([*cells, (column_entries[j], -1)])
        self.equations.append([(entry, 1) for entry in row_entries] + [(total, -1)])
        self.equations.append([(entry, 1) for entry in column_entries] + [(total, -1)])

    def _know(self, figures):
        for entry, value, hidden in figures:
            self.values[entry] = int(value)
            self.hidden[entry] = self.hidden.get(entry, True) and bool(hidden)

    def small(self, threshold):
        """Return the entries of 1 to threshold - 1: what must not be found out."""
        return [entry for entry, value in self.values.items() if 0 < value < threshold]

    def widths(self, targets, *, reach):
        """Return for each target the width of the range that shown figures leave it, cut at about `reach`.

        One program for all: for each target two copies of the unknown entries, one with the target
        as large and one with it as small as can be. Letting each entry move by `reach` from its true value
        at most keeps the program bounded and can only make a range look narrower than it is.
        """
        copies = 2 * len(targets)
        equations = sparse.kron(sparse.eye(copies), self.matrix, format="csr")
        known = np.tile(self.matrix @ self.truth, copies)
        goal = np.zeros((copies, len(self.unknown)))
        for number, target in enumerate(targets):
            goal[2 * number, self.unknown.index(target)] = -1
            goal[2 * number + 1, self.unknown.index(target)] = 1
        bounds = np.column_stack([np.maximum(0, self.truth - reach), self.truth + reach])
        solved = linprog(
            goal.ravel(),
            A_eq=equations,
            b_eq=known,
            bounds=np.tile(bounds, (copies, 1)),
            method="highs-ds",
            options={"presolve": False},  # measured: a third faster on programs this small
        )
        assert solved.success, solved.message
        ends = (goal.ravel() * solved.x).reshape(copies, -1).sum(axis=1)
        return -(ends[0::2] + ends[1::2])


def breaches(tables, patterns, threshold=11):
    """Return the small entries that are shown, or hidden but known to within less than threshold - 1."""
    figures = VisibleFigures(tables, patterns)
    small = figures.small(threshold)
    shown = [entry for entry in small if not figures.hidden[entry]]
    if shown or not small:
        return shown
    widths = figures.widths(small, reach=2 * threshold)
    return [entry for entry, width in zip(small, widths, strict=True) if width < threshold - 1 - 1e-6]

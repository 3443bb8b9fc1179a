"""The way of the ideas: from the channel to the decision, from the decision to the project."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from openmuni import drawing
from proposals.status import Status

from .tables import DecisionTable

# More of them side by side are no longer read: the smallest are drawn as one.
MOST_NODES = 8
_OTHERS = "others"


@dataclass(frozen=True)
class Link:
    """So many ideas that went one way; `status` is the decision it leads to or comes from."""

    origin: str
    target: str
    status: str
    count: int
    # Of the ideas that set out from the origin, so many in a hundred.
    share: int


@dataclass(frozen=True)
class Stop:
    """A node of the drawing with its words."""

    node: drawing.Node
    label: str
    count: int
    status: str


@dataclass(frozen=True)
class Way:
    """The links of an edition, and what is needed to draw them."""

    to_decisions: list[Link]
    to_projects: list[Link]
    names: list[dict]
    columns: list[dict]
    gaps: list[dict]

    def drawn(self, *, rtl: bool) -> dict:
        """The drawing: `height`, `stops` a column, `ribbons` a gap (pairs of status and path)."""
        flow = drawing.flow(self.columns, self.gaps, rtl=rtl)
        stops = [
            [self._stop(place, node) for node in column]
            for place, column in enumerate(flow.columns)
        ]
        ribbons = [
            [(ribbon.target if gap == 0 else ribbon.source, ribbon.path) for ribbon in ribbons]
            for gap, ribbons in enumerate(flow.gaps)
        ]
        return {"height": f"{flow.height:.1f}", "stops": stops, "ribbons": ribbons}

    def _stop(self, place, node):
        count = self.columns[place][node.key]
        status = {1: node.key, 2: Status.MERGED}.get(place, "")
        return Stop(node, self.names[place][node.key], count, status)


def way(table: DecisionTable, merged: dict, projects: dict) -> Way | None:
    """The way of the ideas of `table`; `merged` counts {project: number}. None when there is no idea."""
    if not table.total:
        return None
    sums = table.totals
    origins = {place: label for place, label in enumerate(table.columns) if sums[place]}
    counts = {
        (place, row.status): count
        for place in origins
        for row in table.rows
        if (count := row.cells[place])
    }
    statuses = {row.status: row.label for row in table.rows if row.total}
    targets = {key: label for key, label in projects.items() if merged.get(key)}
    onward = {(Status.MERGED, key): merged[key] for key in targets}
    names, gaps = [origins, statuses], [counts]
    if onward:
        names.append(targets)
        gaps.append(onward)
    return Way(
        _links(origins, statuses, counts),
        _links(statuses, targets, onward),
        *_few(names, gaps),
    )


def _links(origins, targets, counts) -> list[Link]:
    """The links in the order of their ends."""
    sums = {key: sum(n for ends, n in counts.items() if ends[0] == key) for key in origins}
    return [
        Link(
            origins[origin],
            targets[target],
            target if target in Status.values else origin,
            counts[origin, target],
            _percent(counts[origin, target], sums[origin]),
        )
        for origin in origins
        for target in targets
        if (origin, target) in counts
    ]


def _percent(count, whole) -> int:
    """A half is rounded up."""
    return (200 * count + whole) // (2 * whole)


def _few(names, gaps) -> tuple:
    """(names, columns, gaps) for the drawing: of too many nodes the smallest are one."""
    columns = []
    for place, labels in enumerate(names):
        gap, end = (gaps[place], 0) if place == 0 else (gaps[place - 1], 1)
        sums = {key: sum(n for ends, n in gap.items() if ends[end] == key) for key in labels}
        small = sorted(sums, key=sums.get)[: -MOST_NODES + 1] if len(sums) > MOST_NODES else []
        columns.append(_joined(sums, small))
    shown = [
        {key: labels.get(key, _("%(count)s others")) for key in column}
        for labels, column in zip(names, columns, strict=True)
    ]
    for place, (labels, column) in enumerate(zip(names, columns, strict=True)):
        if _OTHERS in column:
            shown[place][_OTHERS] %= {"count": len(labels) - len(column) + 1}
    return shown, columns, [_rejoined(gap, columns, place) for place, gap in enumerate(gaps)]


def _joined(sums, small) -> dict:
    kept = {key: count for key, count in sums.items() if key not in small}
    return kept | ({_OTHERS: sum(sums[key] for key in small)} if small else {})


def _rejoined(gap, columns, place) -> dict:
    found = {}
    for (origin, target), count in gap.items():
        ends = (
            origin if origin in columns[place] else _OTHERS,
            target if target in columns[place + 1] else _OTHERS,
        )
        found[ends] = found.get(ends, 0) + count
    return found

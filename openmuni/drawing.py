"""Where the parts of a plot stand. Pure arithmetic; imports none of the apps."""

from dataclasses import dataclass
from itertools import product

# Of the drawing of a flow, in pixels: all ideas together, the least place of a node, the air about
# it, and the thinnest ribbon the eye finds.
WHOLE, LEAST_PLACE, AIR, THINNEST = 300, 72, 12, 1.5
# Across, from one column of nodes to the next; the drawing is stretched to the room there is.
ACROSS = 100


def places(counts: list[int], whole: int, *, rtl: bool) -> list[int]:
    """Where each part of a stacked bar begins, counted from the left of a drawing `whole` wide.

    The bar grows from the side where reading begins.
    """
    found, drawn = [], 0
    for count in counts:
        found.append(whole - drawn - count if rtl else drawn)
        drawn += count
    return found


@dataclass(frozen=True)
class Node:
    """A node of a flow in its column: its `place` holds, at `y`, a bar of `height`."""

    key: str
    top: float
    place: float
    y: float
    height: float


@dataclass(frozen=True)
class Ribbon:
    """A ribbon from a node to one of the next column: its thickness and the path of its outline."""

    source: str
    target: str
    thickness: float
    path: str


@dataclass(frozen=True)
class Flow:
    """Columns of nodes, and between each two of them the ribbons; all `height` high."""

    height: float
    columns: list[list[Node]]
    gaps: list[list[Ribbon]]


def thickness(count: int, total: int) -> float:
    """How thick `count` of `total` ideas are drawn."""
    return max(count * WHOLE / total, THINNEST)


def flow(columns: list[dict], gaps: list[dict], *, rtl: bool) -> Flow:
    """The drawing of `columns`, each {key: count}, and of `gaps`, each {(source, target): count}.

    There is one gap fewer than columns, and the first column is not empty. A thickness is in
    proportion to its count, but for those too thin to be seen.
    """
    total = sum(columns[0].values())
    heights = [
        _heights(column, gaps[max(place - 1, 0) : place], gaps[place : place + 1], total)
        for place, column in enumerate(columns)
    ]
    height = max(sum(map(_place, each.values())) for each in heights)
    nodes = [_column(each, height) for each in heights]
    ribbons = [
        _ribbons(gap, nodes[number], nodes[number + 1], total, rtl)
        for number, gap in enumerate(gaps)
    ]
    return Flow(height, nodes, ribbons)


def _heights(column, before, after, total) -> dict:
    """How high each node is: all of its ribbons on one side, thin ones included.

    `before` and `after` are lists of the gap there, or empty.
    """
    heights = {key: thickness(count, total) for key, count in column.items()}
    for end, gaps in ((1, before), (0, after)):
        for gap, key in product(gaps, column):
            side = [thickness(n, total) for ends, n in gap.items() if ends[end] == key]
            heights[key] = max(heights[key], sum(side))
    return heights


def _place(height) -> float:
    return max(height + AIR, LEAST_PLACE)


def _column(heights, whole) -> list[Node]:
    """The nodes one under the other, in the middle of the drawing."""
    nodes, top = [], (whole - sum(map(_place, heights.values()))) / 2
    for key, height in heights.items():
        place = _place(height)
        nodes.append(Node(key, top, place, (place - height) / 2, height))
        top += place
    return nodes


def _ribbons(gap, sources, targets, total, rtl) -> list[Ribbon]:
    """The ribbons of a gap: they leave and reach each node in the order of the nodes at their other end."""
    leave = {node.key: node.top + node.y for node in sources}
    reach = {node.key: node.top + node.y for node in targets}
    ribbons = []
    for source, target in product(leave, reach):
        if count := gap.get((source, target)):
            thick = thickness(count, total)
            path = _outline(leave[source], reach[target], thick, rtl)
            ribbons.append(Ribbon(source, target, thick, path))
            leave[source] += thick
            reach[target] += thick
    return ribbons


def _outline(start, end, thick, rtl) -> str:
    near, far = (ACROSS, 0) if rtl else (0, ACROSS)
    middle, low, deep = ACROSS / 2, start + thick, end + thick
    return (
        f"M{near} {start:.1f}C{middle:g} {start:.1f} {middle:g} {end:.1f} {far} {end:.1f}"
        f"V{deep:.1f}C{middle:g} {deep:.1f} {middle:g} {low:.1f} {near} {low:.1f}Z"
    )

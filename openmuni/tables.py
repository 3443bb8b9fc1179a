"""Tables of counts, which always add up. Imports none of the apps."""


class CountRow:
    """A row with a count in each column, in `cells`."""

    cells: list[int]

    @property
    def total(self) -> int:
        """The sum of the row."""
        return sum(self.cells)


class CountTable:
    """A table of such `rows`, all of one length."""

    rows: list

    @property
    def totals(self) -> list[int]:
        """The sum of each column."""
        return [sum(cells) for cells in zip(*(row.cells for row in self.rows), strict=True)]

    @property
    def total(self) -> int:
        """The sum of the whole table."""
        return sum(row.total for row in self.rows)

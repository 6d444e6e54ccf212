"""Names beside a plot, pushed apart where they would meet."""

from collections.abc import Sequence

from mtvp.charts.drawing import LINE_HEIGHT


def spread(blocks: Sequence[tuple[float, int]], first: float, limit: float) -> list[float]:
    """Tops of label blocks near their heights, in order and without overlap.

    They stay between `first` and `limit`, unless together they are taller than that.
    """
    tops: list[float] = []
    free = first
    for height, lines in blocks:
        tops.append(max(height - LINE_HEIGHT / 2, free))
        free = tops[-1] + lines * LINE_HEIGHT
    below = max(limit, first + sum(lines for _, lines in blocks) * LINE_HEIGHT)
    for place in range(len(tops) - 1, -1, -1):
        tops[place] = min(tops[place], below - blocks[place][1] * LINE_HEIGHT)
        below = tops[place]
    return tops

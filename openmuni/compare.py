"""What changed between two texts, word by word. Imports none of the apps."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

SAME, REMOVED, ADDED = "same", "removed", "added"

# Pairs of equal words. A text of 5,000 characters has some ten thousand; the worst text with that
# many takes less than a second, and beyond it the two texts stand whole, one after the other.
MOST_PAIRS = 100_000
_WORD_AND_SPACE = re.compile(r"(\S+)(\s*)")
_LINE_END = re.compile(r"\r\n?|\n")
# They belong to the number beside them.
_SIGNS = {"%", "٪", "-", "/"}


@dataclass(frozen=True)
class Run:
    """Words in a row of one kind: SAME, REMOVED or ADDED. `gap` is the white space after them."""

    kind: str
    text: str
    gap: str = ""


@dataclass
class _Word:
    """A word, or the punctuation beside one, and the white space after it."""

    text: str
    gap: str = ""


def compare(before: str, after: str) -> list[Run]:
    """The runs that lead from `before` to `after`; what was removed stands before what was added.

    A word is never cut: an Arabic one keeps its marks and all that is written to it, a number its
    signs. White space makes no difference; line ends are kept, two of them between paragraphs.
    """
    old, new = _words(before), _words(after)
    # (kind, words, the space after them in `before`)
    pieces = []
    for tag, old_from, old_to, new_from, new_to in _changes(old, new):
        if tag == "equal":
            pieces.append((SAME, new[new_from:new_to], old[old_to - 1].gap))
            continue
        if old_from < old_to:
            pieces.append((REMOVED, old[old_from:old_to], old[old_to - 1].gap))
        if new_from < new_to:
            pieces.append((ADDED, new[new_from:new_to], ""))
    return [
        Run(kind, _text(words), _space(kind, follower, words[-1].gap, old_gap))
        for (kind, words, old_gap), (follower, *_rest) in pairwise([*pieces, (None,)])
    ]


def has_changed(runs: list[Run]) -> bool:
    """Whether anything was removed or added."""
    return any(run.kind != SAME for run in runs)


def _words(text) -> list[_Word]:
    words = []
    for chunk, space in _WORD_AND_SPACE.findall(text):
        words += [_Word(part) for part in _without_edges(chunk)]
        ends = len(_LINE_END.findall(space))
        words[-1].gap = "\n" * min(ends, 2) or (" " if space else "")
    return words


def _without_edges(chunk) -> list[str]:
    """The punctuation before a word, the word, the punctuation after it; those that are there."""
    marks = [unicodedata.category(ch)[0] == "P" and ch not in _SIGNS for ch in chunk]
    if all(marks):
        return [chunk]
    first, last = marks.index(False), len(marks) - marks[::-1].index(False)
    return [part for part in (chunk[:first], chunk[first:last], chunk[last:]) if part]


def _changes(old, new):
    """The opcodes of difflib over whole words."""
    old_words, new_words = [word.text for word in old], [word.text for word in new]
    counts = Counter(new_words)
    if old_words != new_words and sum(counts[word] for word in old_words) > MOST_PAIRS:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes()


def _text(words) -> str:
    return "".join(word.text + word.gap for word in words[:-1]) + words[-1].text


def _space(kind, follower, gap, old_gap) -> str:
    """What stands between two runs: the space of the text that both of them are in."""
    if follower is None:
        return ""
    if kind == REMOVED and follower == ADDED:
        return " "
    return old_gap if follower == REMOVED else gap

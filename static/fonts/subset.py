"""Cut Readex Pro down to the glyphs and weights the site uses (`npm run fonts`).

Reads the variable subsets of the npm package, keeps the weight axis between 400 and 700 and
writes two woff2 files. Their unicode ranges are repeated in static/scss/_fonts.scss: change both.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent
SOURCE = FONTS.parents[1] / "node_modules/@fontsource-variable/readex-pro/files"

# Arabic as written in Morocco: the alphabet, its marks and signs, both families of digits and ڤ.
# The face has no ڭ پ چ گ: those fall back to a face of the reader's system.
ARABIC = [
    0x060C,
    0x061B,
    0x061F,
    *range(0x0621, 0x063B),
    *range(0x0640, 0x0653),
    *range(0x0660, 0x066D),
    *range(0x0670, 0x0672),
    0x06A4,
]
# Basic Latin, French and Spanish accents, and the punctuation of the three languages.
LATIN = [
    *range(0x0020, 0x007F),
    *(ord(sign) for sign in "\u00a0¡§«°±²³·»¿×"),
    *(ord(letter) for letter in "ÀÁÂÄÆÇÈÉÊËÍÎÏÑÓÔÖÙÚÛÜàáâäæçèéêëíîïñóôöùúûüÿŒœŸ"),
    *(ord(sign) for sign in "\u2010\u2011–—‘’“”•…\u202f‹›€−"),
]
WEIGHTS = (400, 700)


def cut(source: str, target: str, codepoints: list[int]) -> None:
    """Write `target` from `source` with these characters only; print its size in bytes."""
    font = TTFont(SOURCE / source)
    options = subset.Options(flavor="woff2", hinting=False, desubroutinize=True)
    options.layout_features = [*options.layout_features, "tnum"]
    options.name_IDs = [0, 1, 2, 5, 13, 14]  # the licence stays inside the file
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": WEIGHTS}, inplace=True)
    font.flavor = "woff2"
    font.save(FONTS / target)
    print(target, (FONTS / target).stat().st_size, "bytes")


if __name__ == "__main__":
    cut("readex-pro-arabic-wght-normal.woff2", "readex-arabic.woff2", ARABIC)
    cut("readex-pro-latin-wght-normal.woff2", "readex-latin.woff2", LATIN)

"""The child process that makes a PDF: HTML in on stdin, PDF out on stdout.

Run as a script, by its path: `pdf_child.py STATIC_FOLDER SECONDS BYTES`. It needs no Django and
holds no secret, and it alone imports WeasyPrint: a missing library or a hostile text costs one
document, never the site.
"""

import mimetypes
import resource
import sys
from pathlib import Path

from weasyprint import HTML
from weasyprint.pdf import fonts
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# The page's addresses are relative to this one, which leads to no host: `.invalid` never does.
ORIGIN = "https://portal.invalid/static/"


class StaticFetcher(URLFetcher):
    """Reads the files below one folder, by their address below ORIGIN, and refuses all else."""

    def __init__(self, folder: Path):
        super().__init__(allowed_protocols=[], allow_redirects=False, fail_on_errors=True)
        self.folder = folder.resolve()

    def fetch(self, url, headers=None):
        """The file at `url`. A refusal ends the whole document: a fault must not pass unseen."""
        path = (self.folder / url.removeprefix(ORIGIN)).resolve()
        allowed = url.startswith(ORIGIN) and path.is_relative_to(self.folder) and path.is_file()
        if not allowed:
            raise FatalURLFetchingError(f"refused {url}")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


class GlyphTexts(dict):
    """The text of each glyph of a font, for those who copy or search.

    WeasyPrint notes it at a glyph's first use alone. In Arabic that use may be a part of several
    letters joined as one, whose text is the whole or nothing; then `قبلت` would copy out as `قبت`
    all along. So a glyph is asked again until one letter is its text.
    """

    def __contains__(self, glyph):
        return len(self.get(glyph, "")) == 1

    def __setitem__(self, glyph, text):
        known = self.get(glyph)
        if not known or (text and len(text) < len(known)):
            super().__setitem__(glyph, text)


def _font_with_glyph_texts(font, *args, _stock=fonts.Font.__init__, **kwargs):
    _stock(font, *args, **kwargs)
    font.to_unicode = GlyphTexts()


fonts.Font.__init__ = _font_with_glyph_texts


def make_pdf(html: str, folder: Path) -> bytes:
    """The tagged PDF of `html`, whose style sheets, fonts and pictures lie below `folder`."""
    page = HTML(string=html, base_url=ORIGIN, url_fetcher=StaticFetcher(folder))
    document = page.render(pdf_variant="pdf/ua-1")
    if document.metadata.attachments:
        raise FatalURLFetchingError("refused an attachment")
    return document.write_pdf(pdf_variant="pdf/ua-1")


def limit(seconds: int, size: int):
    """Hold this process to `seconds` of processor time and `size` bytes of memory, and to no core file."""
    for kind, value in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, size),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


if __name__ == "__main__":
    limit(int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.buffer.write(make_pdf(sys.stdin.read(), Path(sys.argv[1])))

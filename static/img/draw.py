"""Draw the icons of an installed app and the pictures of a shared link (`npm run images`).

All of them come from our own mark, zellige and face; Chromium draws, Pillow keeps few colours.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
SEA_DEEP = "#06303f"
# Words on the picture of a shared link; more would be too small in a conversation.
SHARED = {
    "ar": ("rtl", "برنامج الانفتاح", "اطرح فكرتك، وتتبع مسارها، واقرأ القرار المعلل"),
    "fr": (
        "ltr",
        "Programme d’ouverture",
        "Proposez une idée, suivez-la, lisez la décision motivée",
    ),
}
# An icon that systems cut to any shape keeps its mark within the middle 80 %.
ICONS = {
    "icon-192.png": (192, 0.62),
    "icon-512.png": (512, 0.62),
    "apple-touch-icon.png": (180, 0.72),
}

PICTURE = """<!doctype html><html lang="{language}" dir="{direction}"><style>
@font-face {{ font-family: R; font-weight: 400 700; src: url("{fonts}/readex-latin.woff2"); }}
@font-face {{ font-family: R; font-weight: 400 700; unicode-range: U+600-6FF;
  src: url("{fonts}/readex-arabic.woff2"); }}
body {{ margin: 0; width: 1200px; height: 630px; box-sizing: border-box; padding: 0 80px; color: #fff;
  background: {ground}; font-family: R; display: flex; flex-direction: column;
  justify-content: center; position: relative; }}
i {{ position: absolute; inset: 0; background: url("{images}/zellige-light.svg"); opacity: 0.1; }}
div {{ position: relative; }}
h1 {{ font-size: 84px; font-weight: 700; line-height: 1.35; white-space: nowrap; margin: 24px 0 0; }}
p {{ font-size: 39px; margin: 12px 0 0; line-height: 1.6; color: #cfe0e6; }}
hr {{ width: 120px; height: 8px; border: 0; border-radius: 4px; background: #d9731a; margin: 34px 0 0; }}
</style><i></i><div><img src="{images}/mark-light.svg" width="132" height="132">
<h1>{name}</h1><p>{words}</p><hr></div></html>"""

ICON = """<!doctype html><style>body {{ margin: 0; width: {size}px; height: {size}px; background: {ground};
display: grid; place-items: center; }}</style><img src="{images}/mark-light.svg" width="{mark}">"""


def draw(page, markup: str, name: str, width: int, height: int, colours: int) -> None:
    """Write the page `markup` as the picture `name`; print its size in bytes."""
    source = HERE / "drawn.html"
    source.write_text(markup)
    page.set_viewport_size({"width": width, "height": height})
    page.goto(source.as_uri())
    page.evaluate("document.fonts.ready")
    source.unlink()
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        HERE / name, optimize=True
    )
    print(name, (HERE / name).stat().st_size, "bytes")


def main() -> None:
    """Draw every picture."""
    places = {
        "images": HERE.as_uri(),
        "fonts": HERE.with_name("fonts").as_uri(),
        "ground": SEA_DEEP,
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page()
        for language, (direction, name, words) in SHARED.items():
            markup = PICTURE.format(
                language=language, direction=direction, name=name, words=words, **places
            )
            draw(page, markup, f"share-{language}.png", 1200, 630, 32)
        for name, (size, share) in ICONS.items():
            markup = ICON.format(size=size, mark=round(size * share), **places)
            draw(page, markup, name, size, size, 32)
        browser.close()


if __name__ == "__main__":
    main()

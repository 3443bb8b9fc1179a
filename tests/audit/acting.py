"""What a visitor does on a page before it is looked at."""

WORDS = {"title": "إنارة عمومية قرب المدرسة", "contact": "0612345678"}
TEXT = "نقترح إضاءة الطريق الذي يمر قرب المدرسة، لأن التلاميذ يعودون منها بعد الغروب."
# The form of the page, and the button of it that goes on.
FORM = "main form[method=post]"
GO_ON = f"{FORM} .btn--act"
MOST_STAGES = 6


def send_empty(page):
    """Send the form as it is."""
    press(page)


def alike(page):
    """Write what somebody wrote before."""
    address = page.url
    page.goto(address.replace("/new/", "/"))
    title = page.locator("main .ideas a").first.inner_text()
    page.goto(address)
    page.locator(f"{FORM} [name=title]").fill(title)
    go_on(page)


def go_on(page):
    """Answer all that the stage asks, and go on to the next."""
    if fill(page):
        press(page)


def author_missing(page):
    """Say nothing of oneself."""
    go_on(page)
    press(page)


def check(page):
    """Look over all answers."""
    go_on(page)
    go_on(page)


def send(page):
    """Go through all stages until there is a receipt."""
    for _stage in range(MOST_STAGES):
        go_on(page)
    page.locator(".ticket").first.wait_for()


def track(page):
    """Look for what came in with the code of a receipt."""
    address = page.url
    page.goto(address.replace("/track/", "/2030-2031/ideas/new/"))
    send(page)
    code = "".join(page.locator(".code").first.inner_text().split())
    page.goto(address)
    page.locator(f"{FORM} input[name=code]").fill(code)
    press(page)


def press(page):
    """Go on with the form of the page."""
    with page.expect_navigation(wait_until="load"):
        page.locator(GO_ON).first.click()


def fill(page) -> bool:
    """Answer whatever the form asks; False when there is no form."""
    form = page.locator(FORM).last
    if not form.count():
        return False
    for box in form.locator("input:visible, textarea:visible, select:visible").all():
        _answer(box)
    return True


def _answer(box):
    name, kind = box.get_attribute("name") or "", box.get_attribute("type")
    if kind in {"radio", "checkbox"}:
        if not box.is_checked() and (
            kind == "checkbox" or box.get_attribute("required") is not None
        ):
            box.check()
    elif box.evaluate("(box) => box.tagName") == "SELECT":
        box.select_option(index=1)
    elif kind not in {"submit", "file"} and not box.input_value():
        box.fill(WORDS.get(name, TEXT if kind is None else "حي المنار"))


def open_everything(page, within="main") -> bool:
    """Open what is folded there: details, menus and dialogs. False when nothing was."""
    return page.evaluate(
        """(within) => {
            const inside = document.querySelector(within) ?? document.body
            const folded = [...inside.querySelectorAll("details:not([open])")]
                .filter((details) => details.checkVisibility())
            const dialogs = [...document.querySelectorAll("dialog:not([open])")]
            folded.forEach((details) => { details.open = true })
            dialogs.forEach((dialog) => dialog.showModal())
            return folded.length + dialogs.length > 0
        }""",
        within,
    )


ACTS = {act.__name__: act for act in (send_empty, alike, go_on, author_missing, check, send, track)}

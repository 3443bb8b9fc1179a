"""What a visitor does on a page before it is looked at."""

WORDS = {"title": "إنارة عمومية قرب المدرسة", "email": "amina@example.org", "phone": "0612345678"}
TEXT = "نقترح إضاءة الطريق الذي يمر قرب المدرسة، لأن التلاميذ يعودون منها بعد الغروب."
# The form of the page: the button that goes on is the last one, one that goes back stands before it.
FORM = "main form[method=post]"
MOST_STAGES = 6


def send_empty(page):
    """Send the form as it is."""
    press(page)


def send(page):
    """Fill in the form, whatever its stages, and send it until there is a receipt."""
    for _stage in range(MOST_STAGES):
        if not fill(page):
            return
        press(page)


def first_stage(page):
    """Fill in what is asked first, and go on."""
    if fill(page):
        press(page)


def second_stage(page):
    """Two times so."""
    first_stage(page)
    first_stage(page)


def track(page):
    """Look for what came in with the code of a receipt."""
    address = page.url
    page.goto(address.replace("/track/", "/2030-2031/ideas/new/"))
    send(page)
    code = "".join(page.locator("[data-code], .code, .ticket__code").first.inner_text().split())
    page.goto(address)
    page.locator(f"{FORM} input[name=code]").fill(code)
    press(page)


def press(page):
    """Go on with the form of the page."""
    with page.expect_navigation(wait_until="load"):
        page.locator(f"{FORM} [type=submit]:visible").last.click()


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


ACTS = {act.__name__: act for act in (send_empty, send, first_stage, second_stage, track)}

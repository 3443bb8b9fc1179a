"""A frozen version of any format, with every key of the present one."""


def read(data: dict) -> dict:
    """`data` as the present format has it. What an older one did not know is empty: never made up.

    A project of format 1 has the sheet None; nothing is said of it. Before format 3 it was not kept
    at which station an idea came, when it had its first decision and until when one was promised.
    """
    if data["format"] == 1:
        data = _second(data)
    return data if data["format"] > 2 else _third(data)


def _second(data) -> dict:
    return {
        **data,
        "format": 2,
        "steps": [{"held_from": None, "held_until": None, **step} for step in data["steps"]],
        "projects": [{"id": None, "sheet": None, **project} for project in data["projects"]],
        "ideas": [{"kind": "idea", **idea} for idea in data["ideas"]],
        "remarks": [],
        "earlier": {},
    }


def _third(data) -> dict:
    return {
        **data,
        "format": 3,
        "answer_days": None,
        "steps": [{"accepts": None, **step} for step in data["steps"]],
        "ideas": [{"station": None, "first_decided_on": None, **idea} for idea in data["ideas"]],
    }

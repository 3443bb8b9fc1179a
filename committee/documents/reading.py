"""A frozen version of any format, with every key of the present one."""


def read(data: dict) -> dict:
    """`data` as the present format has it. What an older one did not know is empty: never made up.

    A project of format 1 has the sheet None; nothing is said of it.
    """
    if data["format"] > 1:
        return data
    return {
        **data,
        "steps": [{"held_from": None, "held_until": None, **step} for step in data["steps"]],
        "projects": [{"id": None, "sheet": None, **project} for project in data["projects"]],
        "ideas": [{"kind": "idea", **idea} for idea in data["ideas"]],
        "remarks": [],
        "earlier": {},
    }

"""Whether the log of an edition is whole, and tells of what the database holds."""

from collections.abc import Iterator

from openmuni.canonical import BEGINNING, fingerprint, link

from .acts import Act
from .models import ActLog, PlanVersion
from .models.log import WITNESSES, facts_in, standing


def faults_of(plan, heads: dict[int, str] | None = None) -> list[str]:
    """What is wrong with the log of `plan`, each fault in words; empty when nothing is.

    `heads` are hashes that were published once, by the numbers of their acts.
    """
    acts = list(ActLog.objects.filter(plan=plan).order_by("number", "pk"))
    return [
        *_faults_of_chain(acts),
        *_faults_of_heads(acts, heads or {}),
        *_faults_of_witnesses(plan, acts),
        *_faults_of_versions(plan),
    ]


def _faults_of_chain(acts) -> Iterator[str]:
    previous, at = BEGINNING, None
    for expected, act in enumerate(acts, 1):
        if act.number != expected:
            yield f"act {expected} is not there: act {act.number} stands in its place"
        if (act.act == Act.BEGIN) != (expected == 1):
            yield f"act {act.number} is «{act.act}»: the log begins with «{Act.BEGIN}», once"
        if act.previous_hash != previous:
            yield f"act {act.number} does not follow the hash of the act before it"
        if act.hash != link(act.previous_hash, act.told):
            yield f"act {act.number} does not have the hash of what it says"
        if at and act.at and act.at < at:
            yield f"act {act.number} is dated before the act before it"
        previous, at = act.hash, act.at


def _faults_of_heads(acts, heads) -> Iterator[str]:
    found = {act.number: act.hash for act in acts}
    for number, published in sorted(heads.items()):
        if number not in found:
            yield f"act {number} was published and is gone"
        elif found[number] != published:
            yield f"act {number} is not the one that was published"


def _faults_of_witnesses(plan, acts) -> Iterator[str]:
    """The rows that acts tell of: each as the newest act on it tells, and none that no act tells of."""
    begun = acts[0].before if acts and isinstance(acts[0].before, dict) else {}
    for witness in WITNESSES:
        rows = {row.pk: row for row in witness.rows(plan)}
        stood, newest = {}, {}
        for act in acts:
            if act.act == witness.act and (facts := facts_in(act.after)):
                stood.setdefault(facts["id"], facts_in(act.before))
                newest[facts["id"]] = act
        for pk, act in newest.items():
            yield from _faults_of_row(witness, act, rows.get(pk))
        # A kind, or a fact, that the beginning does not know is younger than the log.
        before = begun.get(witness.name)
        if before and standing(rows.values(), stood, before.get("fields")) != before:
            untold = ", ".join(str(pk) for pk in rows if pk not in newest) or "nothing"
            yield (
                f"{witness.name}: what no act tells of ({untold})"
                " is not what was there before the log"
            )


def _faults_of_row(witness, act, row) -> Iterator[str]:
    where = f"act {act.number} tells of {witness.name} {act.after['id']}"
    if row is None:
        yield f"{where}, which is gone"
        return
    differing = [name for name, value in row.facts.items() if act.after.get(name, value) != value]
    if differing:
        yield f"{where}, which says otherwise: {', '.join(differing)}"
    if row.signed_by != (act.by_name, act.by_function):
        yield f"{where}, which somebody else has signed"


def _faults_of_versions(plan) -> Iterator[str]:
    """Of a version only the fingerprint is in the log: it has to be the one of the data."""
    for version in PlanVersion.objects.public().filter(plan=plan).iterator(chunk_size=5):
        if fingerprint(version.data) != version.data_sha256:
            yield f"version {version.number} does not have the fingerprint of its data"

"""The log of what staff did, chained so that anyone can check it."""

import secrets
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.actors import Actor
from consultations.acts import Act
from openmuni import clock
from openmuni.canonical import BEGINNING, fingerprint, instant, link

from .plan import ActionPlan
from .signed import SignedAct

# The first of these that a thing has and that says something is its name in the log. None is a
# person's name or a citizen's words.
_LABELS = ("reference", "title_ar", "number")


@dataclass(frozen=True)
class Witness:
    """Rows that the log has to tell of, and tells truly: each is the trace of one act.

    `way` leads from a row to its edition, as in a lookup; `only` says which rows are meant. A row
    has `facts` (its public content with its `id`: what the act keeps in `after`, and in `before`
    where the row was there already) and `signed_by`.
    """

    act: str
    model: type[models.Model]
    way: str
    only: Q
    defer: tuple

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    def rows(self, plan):
        """The rows in `plan`, in the order of their keys."""
        found = self.model._base_manager.filter(self.only, **{self.way: plan})
        return found.order_by("pk").defer(*self.defer)


WITNESSES: list[Witness] = []


def told_of(act: Act, *, way: str, only: Q | None = None, defer=()):
    """Class decorator: the log tells of the rows of this model by `act` (see Witness)."""

    def register(model):
        WITNESSES.append(Witness(act, model, way, Q() if only is None else only, defer))
        return model

    return register


def standing(rows, told: dict, fields=None) -> dict:
    """How many of the `rows` of a witness stood before the log, and one digest of them all.

    `told` are, by their ids, the facts that the log's first word on a row says stood before; a row
    of which it has none was made by that act. `fields` are the names of the facts that count: those
    of today, unless the log began with others.
    """
    facts = {row.pk: row.facts for row in rows} | told
    stood = [facts[pk] for pk in sorted(facts) if facts[pk]]
    fields = sorted({name for one in stood for name in one}) if fields is None else fields
    kept = [[one.get(name) for name in fields] for one in stood]
    return {"count": len(stood), "fields": fields, "sha256": fingerprint(kept)}


def facts_in(state) -> dict | None:
    """`state`, the before or after of an act, where it holds the facts of a row; else None."""
    return state if isinstance(state, dict) and isinstance(state.get("id"), int) else None


def new_salt() -> str:
    """What keeps the name under a digest from being guessed."""
    return secrets.token_hex(16)


class ActLogQuerySet(models.QuerySet):
    """Acts, and how one more is written."""

    def append(self, plan, act: Act, thing, *, by: Actor, before=None, after=None, at=None):
        """Write down an act on `thing` in the log of `plan`; return its row.

        To be called in the transaction of the act itself. `before` and `after` are plain JSON for
        everybody to read: statuses, days, numbers, digests of texts; no name of a person, no words
        of a citizen. `at` is the instant the act bears where that is not the present one. Acts in
        the log are in the order in which they were written, whatever they bear.
        """
        if not connections[self.db].in_atomic_block:
            raise transaction.TransactionManagementError("an act is logged in its own transaction")
        last = self._last(plan)
        before, after = before or {}, after or {}
        if last is None:
            last = self._begin(plan, act, by, before, after)
        if at:
            after = {"at": instant(at)} | after
        return self._write(last, plan, Act(act), thing, by, before, after)

    def _last(self, plan):
        """The newest act of `plan`, whose log nobody else writes in until the transaction ends."""
        if connections[self.db].features.has_select_for_update:
            # Not the whole row: what comes in meanwhile points at the edition and need not wait.
            held = ActionPlan.objects.using(self.db).select_for_update(no_key=True)
            held.only("pk").get(pk=plan.pk)
        newest = ActLog.objects.using(self.db).filter(plan=plan).order_by("-number")
        return newest.only("number", "at", "hash").first()

    def _begin(self, plan, act, by, before, after):
        """The first row, which says what was there before the log and before its first act."""
        own = {after["id"]: facts_in(before)} if facts_in(after) else {}
        stood = {
            witness.name: standing(witness.rows(plan), own if witness.act == act else {})
            for witness in WITNESSES
        }
        return self._write(None, plan, Act.BEGIN, plan, by, stood, {})

    def _write(self, last, plan, act, thing, by, before, after):
        # The clock of a machine may be set back; the log's own never.
        now = clock.now()
        row = ActLog(
            plan=plan,
            number=last.number + 1 if last else 1,
            act=act,
            model=thing._meta.label_lower,
            object_id=str(thing.pk),
            label=_label(thing),
            before=before,
            after=after,
            previous_hash=last.hash if last else BEGINNING,
            **by.signature(max(now, last.at) if last else now),
        )
        row.hash = link(row.previous_hash, row.told)
        row.save(force_insert=True, using=self.db)
        return row


def _label(thing) -> str:
    texts = (getattr(thing, name, None) for name in _LABELS)
    return str(next(filter(None, texts), ""))[:200]


class ActLog(SignedAct):
    """One act of staff in an edition: what it was done to, before and after, and the hash of it all.

    `hash` is SHA-256 over the hash of the act before and what is `told` of the act itself;
    `manage.py verify_log` works it out again, and so can anyone from the public file. No personal
    data of citizens. Guarded by the database: see `consultations/guards.py`.
    """

    plan = models.ForeignKey(
        ActionPlan, models.PROTECT, related_name="log", verbose_name=_("edition")
    )
    number = models.PositiveIntegerField(_("number"))
    act = models.CharField(_("act"), max_length=40)
    model = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=40)
    label = models.CharField(_("name of the object"), max_length=200, blank=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    objects = ActLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("act in the log")
        verbose_name_plural = _("log of acts")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="log_number_once_a_plan")
        ]

    def __str__(self):
        return f"{self.plan} · {self.number}"

    @property
    def told(self) -> dict:
        """The act as everybody may read it: all that is hashed. Who did it is under a digest."""
        return {
            "edition": self.plan_id,
            "number": self.number,
            "at": instant(self.at),
            "act": str(self.act),
            "model": self.model,
            "object": self.object_id,
            "label": self.label,
            "before": self.before,
            "after": self.after,
            "signature": self.signature,
        }

    @property
    def signature(self) -> str:
        """The digest of who did it. Salted: names are few, and would be guessed."""
        return fingerprint([self.salt, self.by_id, self.by_name, self.by_function])

    @property
    def kind(self) -> str:
        """What kind of object it was done to, in words."""
        try:
            return str(apps.get_model(self.model)._meta.verbose_name)
        except (LookupError, ValueError):
            return self.model

    @property
    def act_label(self) -> str:
        """The act in words."""
        return str(Act(self.act).label) if self.act in Act.values else self.act

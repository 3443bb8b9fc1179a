"""The decision sheet of a meeting on paper."""

import pytest

from committee.models import Opinion
from openmuni import clock
from tests.factories import make_plan, make_step

from .acting import sign_in
from .convening import MEETINGS, convene, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def step(plan):
    return make_step(plan)


@pytest.fixture
def meeting(plan):
    return convene(plan)


@pytest.fixture
def coordinator():
    return sign_in("najat", group="coordinator")


def test_the_sheet_counts_opinions_without_those_of_the_recused(coordinator, step, meeting):
    [item] = put(meeting, "الملعب", step=step)
    for member in meeting.seats:
        Opinion.objects.create(
            proposal=item.proposal, member=member, view="accepted", at=clock.now()
        )
    item.recusals.create(member=meeting.seats[0], reason="عضو في الجمعية")
    answer = coordinator.get(f"{MEETINGS}{meeting.pk}/sheet/")
    assert [printed.opinions for printed in answer.context["items"]] == [[("مقبولة", 2)]]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_sheet_names_the_seats_and_the_items_in_their_order(
    coordinator, step, meeting, language
):
    put(meeting, "الملعب", "الإنارة", step=step)
    address = f"{MEETINGS}{meeting.pk}/sheet/".replace("/ar/", f"/{language}/")
    shown = coordinator.get(address).content.decode()
    places = [shown.index(words) for words in ("مليكة", "يوسف", "الملعب", "الإنارة")]
    assert places == sorted(places)

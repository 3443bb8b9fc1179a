"""Ideas that say nearly the same: found when written in other words, and only then."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmuni.arabic import fold, stems
from proposals.look_alikes import MOST, forget_texts, look_alikes, public_look_alikes
from proposals.models import Proposal
from tests.factories import REASON, make_actor, make_plan, make_proposal, make_step

pytestmark = pytest.mark.django_db

# (title, text) of an idea that came in, and of the same one from somebody else.
SAME = [
    (
        (
            "مواعيد ثابتة ومعلنة لجمع النفايات",
            "حاويات الأزبال في حينا تكون ممتلئة في المساء. نقترح مواعيد ثابتة لجمع النفايات تعلق في كل حي.",
        ),
        (
            "توقيت معلن لجمع الأزبال",
            "حاويات الأزبال في حينا ممتلئة في المساء، نريد مواعيد ثابتة لجمع النفايات.",
        ),
    ),
    (
        (
            "مشاريع صغيرة يختارها السكان من ميزانية الجماعة",
            "سمعنا عن جماعات تخصص كل سنة جزءا من ميزانيتها لمشاريع صغيرة يقترحها السكان ويختارونها.",
        ),
        (
            "ميزانية تشاركية",
            "نقترح أن تخصص الجماعة جزءا من ميزانيتها كل سنة لمشاريع صغيرة يقترحها السكان.",
        ),
    ),
    (
        (
            "الحفر ديال الزنقة خاصها حل",
            "الزنقة ديالنا عامرة بالحفر، وملي كتطيح الشتا كتولي بحال شي مرجة.",
        ),
        ("إصلاح الحفر", "الزنقة عامرة بالحفر وملي كتطيح الشتا كتولي مرجة، خاص الحل"),
    ),
    (
        ("إِنَارَةُ الأَحْيَاءِ", "نُرِيدُ إِنَارَةَ الأَحْيَاءِ البَعِيدَةِ لَيْلًا"),
        ("اناره الاحياء", "نريد اناره الاحياء البعيده ليلا"),
    ),
    (
        (
            "Des boîtes à livres dans les quartiers",
            "Beaucoup de familles ont des livres qui dorment, et beaucoup d’enfants n’en ont aucun.",
        ),
        (
            "Livres en partage",
            "Mettre des boîtes à livres dans les quartiers : des livres dorment dans les familles,"
            " des enfants n’en ont aucun",
        ),
    ),
]
OTHERS = [
    ("ملعب للقرب", "يلعب الشباب في الشارع لأن أقرب ملعب بعيد عن حينا"),
    ("مستوصف يشتغل بالليل", "المستشفى بعيد ولا نجد من يستقبل المرضى بعد المساء"),
    ("Des arbres le long du boulevard", "De l’ombre en été pour ceux qui vont à pied au marché"),
    ("دروس لمحو الأمية", "نساء كثيرات في حينا يردن تعلم القراءة والكتابة قرب بيوتهن"),
]


@pytest.fixture(autouse=True)
def _forgets():
    """The texts of the last test's edition are out of the memory of the process."""
    forget_texts()


@pytest.fixture
def step():
    return make_step(make_plan())


def found(proposal):
    return [one.proposal.title for one in look_alikes(proposal)]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_idea_in_other_words_is_found_alone(step, first, second):
    for title, body in OTHERS:
        make_proposal(step, title=title, body=body)
    made = [make_proposal(step, title=title, body=body) for title, body in (first, second)]
    assert [found(one) for one in made] == [[second[0]], [first[0]]]


def test_ideas_on_different_things_are_not_like_each_other(step):
    made = [make_proposal(step, title=title, body=body) for title, body in OTHERS]
    assert [found(one) for one in made] == [[], [], [], []]


def test_the_likest_comes_first_and_a_few_are_shown(step):
    (title, body), (other, text) = SAME[0]
    asked = make_proposal(step, title=title, body=body)
    make_proposal(step, title=other, body=text)
    for _number in range(MOST):
        make_proposal(step, title=title, body=body)
    likeness = [one.likeness for one in look_alikes(asked)]
    assert likeness == [100] * MOST


def test_an_idea_of_another_edition_is_not_looked_at(step):
    asked = make_proposal(step)
    make_proposal(make_step(make_plan(slug="2034-2035")))
    assert found(asked) == []


def test_what_came_in_since_is_found_and_what_was_wiped_is_not(step):
    asked = make_proposal(step)
    assert found(asked) == []
    twin = make_proposal(step, published=False)
    assert found(asked) == [twin.title]
    twin.delete()
    assert found(asked) == []


def test_a_look_alike_brings_its_last_decision(step):
    asked, decided = make_proposal(step), make_proposal(step)
    decided.accept(by=make_actor(), reason=REASON)
    last = decided.reopen(by=make_actor(), reason=REASON)
    [one] = look_alikes(asked)
    assert one.latest == last


def test_an_idea_without_a_decision_brings_none(step):
    asked = make_proposal(step)
    make_proposal(step)
    assert look_alikes(asked)[0].latest is None


def test_the_public_is_shown_published_ideas_only(step):
    make_proposal(step, published=False)
    shown = make_proposal(step)
    withheld = make_proposal(step)
    withheld.submission.withhold(by=make_actor(), category="insult", reason="كلمة نابية")
    found = public_look_alikes(step.plan, shown.title, shown.body)
    assert [one.proposal for one in found] == [shown]


def test_many_ideas_cost_as_many_queries_as_few(step):
    def cost(count):
        asked = [make_proposal(step) for _number in range(count)][-1]
        asked = Proposal.objects.get(pk=asked.pk)
        with CaptureQueriesContext(connection) as caught:
            look_alikes(asked)
        return len(caught)

    make_proposal(step)
    assert (cost(1), cost(12)) == (4, 4)


def test_stems_are_deaf_to_the_article_and_the_ending():
    assert stems(fold("الميزانية")) == stems(fold("وميزانيته"))
    assert stems(fold("في عن")) == set()

"""The list of ideas: its search, its filters and orders, what htmx gets, and its open file."""

import csv
import io
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmuni.arabic import fold, search_words
from proposals.models import Proposal
from tests.factories import (
    REASON,
    make_actor,
    make_axis,
    make_plan,
    make_project,
    make_proposal,
    make_step,
)

ADDRESS = "/ar/2030-2031/ideas/"
WORDS = ["إنارة", "الأمان", "مستشفى", "حديقة", "شاطئ", "ماء", "آثار", "œuvre", "l'école", "2026"]
# A letter, and what stands for it in one hand or another.
VARIANTS = {
    "أ": "اإآ", "إ": "اأٱ", "آ": "اأ", "ا": "أإ", "ى": "يی", "ي": "ىی", "ة": "ه", "ه": "ةھ", "ئ": "يى",
    "ك": "کڭگݣ", "'": "’‘", "é": "eÉ", "0": "٠۰", "2": "٢۲", "6": "٦۶",
}  # fmt: skip
TASHKEEL = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"


def written_otherwise(word, seed):
    """`word` in another hand: other letters, signs, stretched, in another normal form."""
    dice = random.Random(seed)
    letters = []
    for letter in word:
        letters.append(dice.choice([letter, *VARIANTS.get(letter, "")]))
        if "\u0621" <= letter <= "\u064a":
            letters.append(dice.choice(["", "", dice.choice(TASHKEEL), "ـ"]))
    form = dice.choice(["NFC", "NFD", "NFKC"])
    return unicodedata.normalize(form, "".join(letters))


@pytest.fixture
def plan(db):
    return make_plan(slug="2030-2031")


@pytest.fixture
def step(plan):
    return make_step(plan)


def found(client, **query):
    return [proposal.title for proposal in client.get(ADDRESS, query).context["page"]]


# --- Search ---------------------------------------------------------------------------------------


@given(st.sampled_from(WORDS), st.integers(0, 10_000))
def test_a_word_is_the_same_in_every_hand(word, seed):
    assert fold(written_otherwise(word, seed)) == fold(word)


@given(st.text())
def test_folding_is_done_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.sampled_from(WORDS), min_size=1), st.sampled_from('،؛؟!.«»"()'))
def test_the_signs_around_words_are_not_looked_for(words, sign):
    typed = fold(" ".join(f"{sign}{word}{sign}" for word in words))
    assert search_words(typed) == list(dict.fromkeys(map(fold, words)))


@pytest.mark.parametrize("seed", range(12))
def test_an_idea_is_found_in_every_hand(client, step, seed):
    make_proposal(step, title="إنارة الحديقة قرب المستشفى")
    make_proposal(step, title="نظافة الشاطئ", body="نظافة")
    typed = " ".join(written_otherwise(word, seed) for word in ("مستشفى", "إنارة"))
    assert found(client, q=typed) == ["إنارة الحديقة قرب المستشفى"]


def test_every_word_counts_in_any_order(client, step):
    make_proposal(step, title="ماء الحي", body="x")
    make_proposal(step, title="ضوء الحي", body="x")
    assert (found(client, q="الحي ماء"), found(client, q="ماء ضوء")) == (["ماء الحي"], [])


def test_the_neighbourhood_is_searched_too(client, step):
    make_proposal(step, title="مقعد", neighbourhood="حي السّلام")
    assert found(client, q="السلام") == ["مقعد"]


@pytest.mark.parametrize(
    "form", ["{p}-{y}-{n:04}", "{p} {y} {n}", "{p}{y}{n:04}", "{y}/{n}", "{p}–{y}–{n:04}"]
)
def test_a_reference_is_known_in_any_form(client, step, form):
    idea = make_proposal(step, title="إنارة", body="x")
    make_proposal(step, title="حديقة", body="x")
    prefix, year, number = idea.reference.split("-")
    typed = form.format(p=prefix.lower(), y=year, n=int(number))
    arabic = typed.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert (found(client, q=typed), found(client, q=arabic)) == (["إنارة"], ["إنارة"])


def test_the_signs_of_a_pattern_are_letters_like_others(client, step):
    make_proposal(step, title="نسبة 100%", body="x")
    make_proposal(step, title="مائة", body="x")
    assert (found(client, q="1_0"), found(client, q="100%")) == ([], ["نسبة 100%"])


@pytest.mark.parametrize(
    "typed", ["الإنارة", "الاناره", "انارة", "إنَارَة", "والإنارة", "بالإنارة", "للإنارة", "كالإنارة"]
)
def test_the_article_of_a_word_hides_nothing(client, step, typed):
    for title in ("إنارة الأزقة", "عمود للإنارة", "العناية بالإنارة", "مقعد"):
        make_proposal(step, title=title, body="x")
    assert found(client, q=typed) == ["العناية بالإنارة", "عمود للإنارة", "إنارة الأزقة"]


def test_a_number_is_looked_for_whole_and_not_in_the_year_of_references(client, step):
    texts = ("متحف 26", "سنة 2030", "رقم 1260", "ساحة")
    ideas = [make_proposal(step, title=text, body="x") for text in texts]
    year, number = ideas[3].reference.split("-")[-2:]
    assert (found(client, q="26"), found(client, q="٢٦")) == (["متحف 26"], ["متحف 26"])
    assert found(client, q=year) == [text for text in texts if text.endswith(year)]
    assert "ساحة" in found(client, q=number)
    assert "ساحة" in found(client, q=number.lstrip("0"))


@pytest.mark.django_db
def test_a_number_finds_a_rehearsed_reference_by_its_end_alone():
    plan = make_plan(slug="2032-2033", is_rehearsal=True)
    idea = make_proposal(make_step(plan), title="ساحة", body="x")
    year, number = idea.reference.split("-")[-2:]
    assert list(Proposal.objects.search(number)) == [idea]
    assert not Proposal.objects.search(year).exists()


@pytest.mark.parametrize("typed", ["%", "؟؟", "« »", "_-"])
def test_signs_alone_find_nothing(client, step, typed):
    make_proposal(step, title="نسبة 100%")
    assert found(client, q=typed) == []


@pytest.mark.parametrize("typed", ["wifi", "Wi-Fi", "WI–FI"])
def test_a_hyphen_between_latin_letters_does_not_count(client, step, typed):
    for title in ("تعميم Wi-Fi", "wifi في الساحة"):
        make_proposal(step, title=title, body="x")
    assert found(client, q=typed) == ["wifi في الساحة", "تعميم Wi-Fi"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [("jardin", "جرّب الكلمة بالعربية"), ("زرافات", "جرّب الكلمة بالفرنسية"), ("987", None)],
)
def test_a_search_without_an_answer_names_the_other_language(client, step, typed, words):
    make_proposal(step, title="ماء", body="x")
    page = client.get(ADDRESS, {"q": typed}).content.decode()
    assert [hint for hint in ("جرّب الكلمة بالعربية", "جرّب الكلمة بالفرنسية") if hint in page] == [
        *filter(None, [words])
    ]


# --- Filters and orders ---------------------------------------------------------------------------


def test_a_neighbourhood_is_one_however_it_is_spelled(client, step):
    make_proposal(step, title="أولى", neighbourhood="حي الأمل")
    make_proposal(step, title="ثانية", neighbourhood="حيّ الامل")
    make_proposal(step, title="ثالثة", neighbourhood="حي النور")
    assert found(client, neighbourhood="حي الامل") == ["ثانية", "أولى"]
    selects = client.get(ADDRESS).context["filters"].selects
    offered = next(select.choices for select in selects if select.name == "neighbourhood")
    assert [name for name, _words in offered] == ["", "حي الأمل", "حي النور"]


def test_the_neighbourhood_of_an_unpublished_idea_is_offered_to_nobody(client, step):
    make_proposal(step, neighbourhood="حي النور")
    make_proposal(step, neighbourhood="زنقة فلان", published=False)
    page = client.get(ADDRESS).content.decode()
    assert ("حي النور" in page, "زنقة فلان" in page) == (True, False)


def test_a_rare_neighbourhood_that_was_chosen_stays_chosen(client, step, monkeypatch):
    monkeypatch.setattr("proposals.filters._MOST_NEIGHBOURHOODS", 1)
    for name in ("حي النور", "حي النور", "حي بعيد"):
        make_proposal(step, neighbourhood=name)
    selects = client.get(ADDRESS, {"neighbourhood": "حيّ بعيد"}).context["filters"].selects
    chosen = next(select for select in selects if select.name == "neighbourhood")
    assert [value for value, _words in chosen.choices] == ["", "حي النور", "حيّ بعيد"]
    assert chosen.value == "حيّ بعيد"


def test_cards_and_ideas_are_told_apart(client, step):
    make_proposal(step, title="فكرة")
    assert (found(client, kind="idea"), found(client, kind="new_project")) == (["فكرة"], [])


def test_the_orders(client, step):
    first, second, _third = (
        make_proposal(step, title=title) for title in ("أولى", "ثانية", "ثالثة")
    )
    second.accept(by=make_actor(), reason=REASON)
    first.accept(by=make_actor(), reason=REASON)
    assert found(client) == ["ثالثة", "ثانية", "أولى"]
    assert found(client, sort="oldest") == ["أولى", "ثانية", "ثالثة"]
    assert found(client, sort="decided") == ["أولى", "ثانية", "ثالثة"]


def test_an_idea_that_was_opened_again_is_not_among_the_decided(client, step):
    opened, decided = make_proposal(step, title="أولى"), make_proposal(step, title="ثانية")
    for proposal in (decided, opened):
        proposal.accept(by=make_actor(), reason=REASON)
    opened.reopen(by=make_actor(), reason=REASON)
    assert found(client, sort="decided") == ["ثانية", "أولى"]
    assert [line["تاريخ القرار"] == "" for line in lines(client, sort="decided")] == [False, True]


@pytest.mark.parametrize(
    "query",
    ["status=pending", "channel=x", "step=0", "step=%00", "kind=x", "sort=submission__contact__phone",
     "sort=-pk", "neighbourhood=" + "a" * 900, "submission__contact__phone=06", "folded=x"],
)  # fmt: skip
def test_what_is_no_filter_leaves_the_list_whole(client, step, query):
    make_proposal(step)
    answer = client.get(f"{ADDRESS}?{query}")
    assert (answer.status_code, answer.context["filters"].chips) == (200, [])
    assert len(answer.context["page"]) == 1


def test_each_chosen_filter_can_be_taken_away_by_a_link(client, step):
    make_proposal(step, title="إنارة")
    query = {"q": "إنارة", "status": "in_progress", "sort": "oldest"}
    chips = client.get(ADDRESS, query).context["filters"].chips
    assert [(str(chip.label), chip.query) for chip in chips] == [
        ("ابحث", "status=in_progress&sort=oldest"),
        ("الحالة", "q=%D8%A5%D9%86%D8%A7%D8%B1%D8%A9&sort=oldest"),
    ]


def test_the_pages_keep_the_filters(client, step):
    for _idea in range(21):
        make_proposal(step)
    page = client.get(
        ADDRESS, {"status": "in_progress", "sort": "oldest", "q": ""}
    ).content.decode()
    assert "?status=in_progress&amp;sort=oldest&amp;page=2" in page


@pytest.mark.parametrize("count", [1, 25])
def test_the_queries_do_not_grow_with_the_ideas(
    client, plan, step, count, django_assert_max_num_queries
):
    axis = make_axis(plan)
    for number in range(count):
        make_proposal(step, axis=axis, neighbourhood=f"حي {number}")
    with django_assert_max_num_queries(12):
        client.get(ADDRESS, {"axis": axis.pk, "step": step.pk, "sort": "decided"})


# --- htmx -----------------------------------------------------------------------------------------


def test_htmx_gets_the_list_alone_and_caches_keep_the_two_apart(client, step):
    make_proposal(step, title="إنارة")
    whole, part = client.get(ADDRESS), client.get(ADDRESS, headers={"hx-request": "true"})
    assert "HX-Request" in whole["Vary"]
    assert "HX-Request" in part["Vary"]
    assert ("<html" in whole.content.decode(), "<html" in part.content.decode()) == (True, False)
    assert part.content.decode().strip() in whole.content.decode()


# --- The open file --------------------------------------------------------------------------------


def lines(client, language="ar", **query):
    answer = client.get(f"/{language}/2030-2031/ideas.csv", query)
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_file_holds_what_the_page_shows(client, plan, step):
    axis, project = make_axis(plan), make_project(plan)
    kept = make_proposal(step, title="إنارة", body="نص", axis=axis, neighbourhood="حي النور")
    kept.merge_into(project, by=make_actor(), reason=REASON)
    make_proposal(step, title="حديقة", body="x")
    make_proposal(step, title="إنارة خفية", published=False)
    (line,) = lines(client, q="انارة")
    assert [line["المرجع"], line["عنوان الفكرة"], line["التعليل"]] == [
        kept.reference,
        "إنارة",
        REASON,
    ]
    assert {str(axis), str(project), "حي النور", "نص"} <= set(line.values())


def test_the_file_speaks_the_language_of_its_reader(client, step):
    make_proposal(step)
    (line,) = lines(client, "fr")
    assert line["Statut"] == "En cours de traitement"


def test_the_file_names_nobody(client, step):
    contact = {"name": "فاطمة", "phone": "0612345678"}
    make_proposal(step, shown_as="person", shown_name="فاطمة", contact=contact)
    text = client.get("/ar/2030-2031/ideas.csv").getvalue().decode()
    assert ("فاطمة" in text, "0612345678" in text) == (False, False)


def test_a_cell_of_the_file_is_never_a_formula(client, step):
    make_proposal(step, title="=1+1")
    assert lines(client)[0]["عنوان الفكرة"] == "'=1+1"


@pytest.mark.parametrize("count", [1, 30])
def test_the_file_asks_as_often_for_many_ideas(client, step, count, django_assert_max_num_queries):
    for _idea in range(count):
        make_proposal(step)
    with django_assert_max_num_queries(5):
        assert len(lines(client)) == count

"""How well labelled mails were read: each figure moves with right and wrong, and evidence is compared as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engagement.mail.evaluation.labels import BadLabels, read_labels
from engagement.mail.evaluation.mails import find_mails, read_mails
from engagement.mail.evaluation.reports import NOTHING_READ, evaluate, report
from engagement.mail.evaluation.scores import score

DESK_MAILS = Path(__file__).resolve().parents[3] / "shared/data/mail"
needs_desk_mails = pytest.mark.skipif(not DESK_MAILS.exists(), reason="the desk's mails are not here")


def figures(*pairs):
    """The scores by name, of rows and labels given as changes to an empty report."""
    rows = [
        {"file": f"{number}.eml", **NOTHING_READ, "tier": "human", "category": "general", "ms": 1.0} | row
        for number, (row, _) in enumerate(pairs)
    ]
    labels = {f"{number}.eml": {"file": f"{number}.eml"} | label for number, (_, label) in enumerate(pairs)}
    return {one.name: one for one in score(rows, labels)}


def asks(*sentences):
    requests = [{"is": True, "evidence": one, "start": 0, "end": 1, "when": None} for one in sentences]
    return {"explicit_request": requests[0], "other_requests": requests[1:]}


def wanted(text):
    return {"is_explicit_client_request": True, "evidence": {"text": text, "start": 900, "end": 950}}


def test_a_mail_without_a_label_counts_nowhere():
    assert all(one.value is None or one.cases == 1 for one in figures(({}, {})).values())
    assert figures(({}, {}))["category"].value is None


def test_categories_are_the_share_of_right_ones():
    found = figures(({"category": "praise"}, {"category": "praise"}), ({}, {"category": "praise"}))[
        "category"
    ]
    assert (found.value, found.cases, found.wrong, found.is_reached) == (0.5, 2, ("1.eml",), False)


def test_a_request_counts_by_its_words_wherever_they_stand():
    right = (
        asks("Thanks!", "Our VP starts Dec 1; she'd like a call that week."),
        wanted("she'd like a call"),
    )
    missed = ({}, wanted("Please call me."))
    invented = (asks("Feel free to call."), {"is_explicit_client_request": False})
    other = (asks("Please send the invoice."), wanted("Please call me."))
    left_alone = ({}, {"is_explicit_client_request": False})
    found = figures(right, missed, invented, other, left_alone)
    precision, recall = found["explicit request, precision"], found["explicit request, recall"]
    assert (precision.value, recall.value) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert recall.wrong == ("1.eml", "2.eml", "3.eml")


def link(ref):
    return {"links": [{"type": "order", "ref": ref}], "newest_text": f"About {ref}."}


def entity(ref, kind="order"):
    return {"linked_entity": {"type": kind, "ref": ref}}


def test_links_count_where_the_number_stands_in_the_mail():
    named = (link("MV-240871"), entity("MV-240871"))
    overlooked = ({"newest_text": "About MV-240871."}, entity("MV-240871"))
    by_loan = (link("26-40733"), entity("loan 26-40733"))
    elsewhere = ({"newest_text": "About it."}, entity("MV-240871"))
    no_number = ({}, entity("Lakeshore - Commerce City", "deal"))
    found = figures(named, overlooked, by_loan, elsewhere, no_number)[
        "links of numbers that stand in the mail"
    ]
    assert (found.value, found.cases, found.wrong) == (pytest.approx(2 / 3), 3, ("1.eml",))


def test_what_must_not_follow_is_seen_in_the_reading():
    found = figures(
        (asks("Call me."), {"must_not": ["create_task"]}),
        ({}, {"must_not": ["create_task", "reply"]}),
        ({"tier": "auto_reply"}, {"must_not": ["record_touch"]}),
        (link("240871"), {"must_not": ["link_to_order:MV-240871"]}),
        ({}, {"must_not": ["sign_document"]}),
    )["nothing that must not follow"]
    assert (found.value, found.cases, found.wrong) == (0.5, 4, ("0.eml", "3.eml"))


def signal(kind, words):
    return {"type": kind, "strength": 0.5, "evidence": words}


def test_signals_count_by_type_and_their_words_apart():
    found = figures(
        (
            {"signals": [signal("urgency", "right away")]},
            {"signals": [signal("urgency", "It is right away.")]},
        ),
        ({"signals": [signal("upsell", "hello")]}, {"signals": [signal("upsell", "a new branch")]}),
        ({"signals": [signal("renewal", "x")]}, {"signals": [signal("churn_risk", "x")]}),
    )
    assert found["signals, micro F1"].value == pytest.approx(4 / 5)
    assert found["signals, same evidence"].value == 0.5


def feels(label):
    return {"sentiment": {"label": label, "score": 0.0}}


def test_sentiment_takes_mixed_for_neutral_and_watches_the_negative():
    found = figures(
        (feels("neutral"), {"sentiment": "mixed"}),
        (feels("negative"), {"sentiment": "negative"}),
        (feels("neutral"), {"sentiment": "negative"}),
        (feels("negative"), {"sentiment": "positive"}),
    )
    assert found["sentiment, recall of negative"].value == 0.5
    assert found["sentiment, precision of negative"].value == 0.5
    assert found["sentiment, macro F1"].value == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)


def test_signature_fields_and_phones_that_nobody_wrote():
    phones = [
        {"e164": "+15035550117", "extension": None, "kind": "direct"},
        {"e164": "+15035550162", "extension": None, "kind": "fax"},
        {"e164": "+15035550199", "extension": None, "kind": "other"},
    ]
    read = NOTHING_READ["signature"] | {
        "name": "Karen Whitfield",
        "linkedin": "https://l.test/in/kw",
        "phones": phones,
    }
    label = {
        "name": "Karen Whitfield",
        "title": "Manager",
        "linkedin_url": "https://l.test/in/kw",
        "phone": "(503) 555-0117",
        "phone_e164": "+15035550117",
        "mobile_e164": "+15035550162",
    }
    found = figures(({"signature": read}, {"signature": label}))
    assert (found["signature fields"].value, found["signature fields"].cases) == (3 / 5, 5)
    assert found["phones that are phones"].value == pytest.approx(2 / 3)


def test_bounces_are_looked_for_among_all_mail():
    hard = [{"recipient": "a@b.test", "status": "5.1.1", "hard": True}]
    found = figures(
        ({"tier": "bounce", "bounce": hard}, {"category": "bounce_hard"}),
        ({"tier": "bounce", "bounce": hard}, {"category": "bounce_soft"}),
        ({}, {"category": "bounce_soft"}),
        ({"tier": "bounce"}, {"category": "general"}),
    )
    assert found["bounces, recall"].value == pytest.approx(2 / 3)
    assert found["bounces, precision"].value == pytest.approx(2 / 3)
    assert found["bounces, F1 of hard"].value == pytest.approx(2 / 3)


def test_newest_text_and_time_are_scored_where_they_are_known():
    found = figures(
        ({"newest_text": "Hello\n\nthere"}, {"newest_text": "hello there"}),
        ({"newest_text": "", "ms": 1001.0}, {"newest_text": "x"}),
    )
    assert found["newest text"].value == 0.5
    assert found["read within a second"].wrong == ("1.eml",)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("{", "are no JSON"),
        ('{"emails": 3}', "every entry names its file"),
        ('[{"name": "a"}]', "every entry"),
    ],
)
def test_labels_of_another_form_are_refused_in_one_sentence(tmp_path, content, word):
    path = tmp_path / "labels.json"
    path.write_text(content)
    with pytest.raises(BadLabels, match=word):
        read_labels(str(path))


def test_labels_that_are_not_there_or_unsure_are_told_or_left_out(tmp_path):
    with pytest.raises(BadLabels, match="no such file"):
        read_labels(str(tmp_path / "labels.json"))
    path = tmp_path / "labels.json"
    path.write_text(json.dumps({"emails": [{"file": "a.eml"}, {"file": "b.eml", "ambiguous": True}]}))
    assert list(read_labels(str(path))) == ["a.eml"]


@needs_desk_mails
def test_the_desks_mails_are_read_as_well_as_promised():
    mails = [evaluate(raw) for raw in read_mails(find_mails([str(DESK_MAILS)]))]
    seen: set = set()
    rows = []
    for mail in mails:
        rows.append(report(mail, is_repeated=mail.identity in seen))
        seen.add(mail.identity)
    found = {one.name: one for one in score(rows, read_labels(str(DESK_MAILS / "labels.json")))}
    for name in (
        "category",
        "explicit request, precision",
        "explicit request, recall",
        "links of numbers that stand in the mail",
        "nothing that must not follow",
        "bounces, recall",
        "bounces, precision",
        "read within a second",
    ):
        assert found[name].cases and found[name].is_reached, found[name]
    assert found["explicit request, recall"].value == 1.0
    for row in rows:
        for asked in (row["explicit_request"], *row["other_requests"]):
            assert not asked["is"] or row["newest_text"][asked["start"] : asked["end"]] == asked["evidence"]

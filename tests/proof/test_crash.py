"""A cycle ended at any moment: the next one finishes the work, no message leaves twice, and none is lost.

The oracle is the log of the provider, another process. What it took has left, whatever our tables say.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from agent.models import Run
from agent.states import CardState, RunState
from agent.tenancy import tenant_scope
from tests.fakes.running import mail_provider
from tests.proof.crashes import (
    PEOPLE,
    SIGKILL,
    crew,
    is_commit,
    lost_answer_windows,
    make_company,
    recipient_of,
    states_of,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

DOORS = ("http", "smtp")
NEXT = timedelta(minutes=10)


@pytest.fixture
def provider(tmp_path):
    with mail_provider(tmp_path / "provider.jsonl") as running:
        yield running


@pytest.fixture
def stage(system_config, provider, request, now):
    """A worker process that sends through the door of the test's parameter."""
    with crew(provider, request.param, now) as workers:
        yield workers


def received(provider):
    """How often each recipient's message was taken."""
    return Counter(address for entry in provider.taken for address in entry["recipients"])


def steps_of_a_whole_cycle(stage, now):
    company = make_company("whole", now)
    (whole,) = stage.order("cycle", company, now)
    assert whole["result"] == "completed"
    assert set(states_of(company).values()) == {CardState.DONE}
    return whole["steps"]


def choose_points(proof, steps, door):
    """Every socket step of the first message, and a sample of commits and statements; most commits in the long form."""
    second = steps.index("connect 2 before")
    sockets = [step for step in steps[:second] if step.split()[0] in ("connect", "send", "read")]
    commits = [step for step in steps if step.startswith("commit")]
    statements = [step for step in steps if step.startswith("statement")]
    chance = proof.random(f"crash {door}")
    if not proof.is_long:
        # After one step is before the next, and a command's half says no more than its whole.
        told_apart = [step for step in sockets if step.endswith("before") or step.startswith("send text")]
        return [*told_apart, sockets[-1], *chance.sample(commits, 2), *chance.sample(statements, 2)]
    of_commits = min(len(commits), max(24, 36 - len(sockets)))
    return sockets + chance.sample(commits, of_commits) + chance.sample(statements, 8)


@pytest.mark.parametrize(("stage", "door"), [(door, door) for door in DOORS], indirect=["stage"])
def test_a_cycle_killed_at_any_step_is_finished_by_the_next_and_no_message_leaves_twice(
    stage, door, provider, proof, now
):
    steps = steps_of_a_whole_cycle(stage, now)
    points = choose_points(proof, steps, door)
    assert len(points) >= proof.size(short=10, long=40)
    print(f"{door}: {len(points)} points of {len(steps)} steps: {', '.join(points)}")
    windows = lost_answer_windows(steps)
    for round_number in range(proof.size(short=1, long=5)):
        for number, point in enumerate(points):
            company = make_company(f"c{round_number}-{number}", now)
            (killed,) = stage.order("cycle", company, now, end_at=point)
            assert killed["signal"] == SIGKILL, (point, killed.get("result"))
            finish(stage, company, now, point)
            is_knowable = door == "http" or not any(steps.index(point) in window for window in windows)
            check_company(company, received(provider), point, unknown=0 if is_knowable else 1)
    assert max(received(provider).values()) == 1


def finish(stage, company, now, point):
    """The next cycle, and a sweep after it, which would send again what may not be."""
    (finished,) = stage.order("cycle", company, now + NEXT)
    assert finished["result"] == "completed", (point, finished)
    (swept,) = stage.order("sweep", company, now + 2 * NEXT)
    assert swept["result"] == "swept", (point, swept)


def check_company(company, taken, point, *, unknown):
    """Everybody's message is done and was taken once, but for those whose answer nobody can know: flagged."""
    states = states_of(company)
    assert set(states) == {recipient_of(company, person) for person in PEOPLE}, point
    assert Counter(states.values())[CardState.UNKNOWN] == unknown, (point, states)
    for recipient, state in states.items():
        assert state in (CardState.DONE, CardState.UNKNOWN), (point, state)
        assert taken[recipient] == 1 or (state == CardState.UNKNOWN and not taken[recipient]), point
    with tenant_scope(company):
        assert not Run.objects.filter(state=RunState.RUNNING).exists(), point


@pytest.mark.parametrize(("stage", "door"), [(door, door) for door in DOORS], indirect=["stage"])
def test_many_processes_at_once_send_each_message_once(stage, door, provider, proof, now):
    company = make_company("crowded", now)
    children = stage.order("cycle", company, now, count=proof.size(short=5, long=20))
    assert Counter(child["result"] for child in children)["completed"] == 1
    check_company(company, received(provider), "crowd", unknown=0)


@pytest.mark.parametrize(("stage", "door"), [(door, door) for door in DOORS], indirect=["stage"])
def test_twenty_sweeps_at_one_card_send_one_message(stage, door, provider, now):
    steps = steps_of_a_whole_cycle(stage, now)
    before_effect = steps[: lost_answer_windows(steps)[0].start]
    # The commit before the claim's: the cards are allowed, and nobody has them in hand.
    planned = [step for step in before_effect if is_commit(step, "after")][-2]
    company = make_company("swept", now)
    stage.order("cycle", company, now, end_at=planned)
    assert set(states_of(company).values()) == {CardState.ALLOWED}
    children = stage.order("sweep", company, now + NEXT, count=20)
    assert {child["result"] for child in children} == {"swept"}
    stage.order("cycle", company, now + 2 * NEXT)
    check_company(company, received(provider), planned, unknown=0)


@pytest.mark.parametrize(("stage", "door"), [(door, door) for door in DOORS], indirect=["stage"])
def test_a_connection_that_the_database_ends_loses_no_card_and_repeats_none(
    stage, door, provider, proof, now
):
    steps = steps_of_a_whole_cycle(stage, now)
    commits = [step for step in steps if step.startswith("commit")]
    points = proof.random(f"backend {door}").sample(commits, proof.size(short=2, long=len(commits)))
    windows = lost_answer_windows(steps)
    for number, point in enumerate(points):
        company = make_company(f"b{number}", now)
        stage.order("cycle", company, now, end_at=point, by="backend")
        finish(stage, company, now, point)
        is_knowable = door == "http" or not any(steps.index(point) in window for window in windows)
        states = states_of(company)
        unknown = Counter(states.values())[CardState.UNKNOWN]
        assert unknown <= (0 if is_knowable else 1), (point, states)
        check_company(company, received(provider), point, unknown=unknown)

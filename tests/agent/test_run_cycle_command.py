"""`manage.py run_cycle` as its users meet it: an operator, a scheduler, and eight of them at once."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from agent.engine import KernelEngine
from agent.models import Card, Run, SystemConfig
from agent.registry import Evidence, registry
from agent.states import RunState
from agent.tenancy import tenant_scope
from tests.agent.fakes import ParcelEngine, make_proposal
from tests.agent.processes import worker_environment

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

CARD_COUNTS = {"proposed", "allowed", "done", "deferred", "held", "blocked", "failed", "unknown"}


@pytest.fixture
def parcels():
    engine = ParcelEngine()
    with registry.override(KernelEngine(), engine):
        yield engine


def run(*arguments):
    """The command in this process: (exit code, stdout, stderr)."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("run_cycle", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return ended.code, out.getvalue(), err.getvalue()
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), err.getvalue()


def start_eight(*arguments):
    """The exit codes of eight processes that run the command at once."""
    command = [sys.executable, str(settings.REPOSITORY / "manage.py"), "run_cycle", *arguments]
    processes = [
        subprocess.Popen(
            command, env=worker_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(8)
    ]
    return sorted(process.wait() for process in processes)


def test_json_is_one_object_with_every_key(meridian, parcels):
    quote = Evidence(type="mail", id="<1@client.test>", quote="Please call me.")
    parcels.known = {"ground_mail": "", "independence_objection": ""}
    parcels.proposals = [make_proposal(1, kind="create_task", evidence=(quote,))]
    code, out, _ = run("--format", "json")
    answer = json.loads(out)
    assert code == 0 and answer["schema_version"] == 1
    (entry,) = answer["runs"]
    assert set(entry) == {
        "tenant", "run_id", "cycle_number", "state", "stop_reason", "seconds", "phases", "cards", "actions",
        "reflection",
    }  # fmt: skip
    assert (entry["tenant"], entry["state"], entry["stop_reason"]) == ("meridian", "completed", None)
    assert set(entry["phases"]) == {"plan", "act", "react", "reflect"}
    assert all(phase["seconds"] >= 0 for phase in entry["phases"].values())
    assert set(entry["cards"]) == CARD_COUNTS
    (action,) = entry["actions"]
    assert {"card", "kind", "engine", "subject", "contact", "state", "rule", "reason", "evidence"} <= set(
        action
    )
    assert action["evidence"] == [{"type": "mail", "id": "<1@client.test>", "quote": "Please call me."}]
    assert set(entry["reflection"]) == {"changed", "moved", "blocked", "hints"}


def test_the_table_says_what_was_done_and_why_and_what_was_refused(meridian, parcels):
    parcels.proposals = [make_proposal(1), make_proposal(2, kind="create_task")]
    _, out, _ = run()
    assert "Parcel 1 is due." in out
    assert "Blocked (1)" in out and "client asked" in out


def test_every_enabled_tenant_runs_and_no_other(meridian, harborpine, parcels):
    type(harborpine).objects.filter(pk=harborpine.pk).update(agent_enabled=False)
    _, out, _ = run("--format", "json")
    assert [entry["tenant"] for entry in json.loads(out)["runs"]] == ["meridian"]


def test_tenants_can_be_named_and_a_name_given_twice_runs_once(meridian, harborpine, parcels):
    _, out, _ = run("--tenant", "harborpine", "--tenant", "harborpine", "--format", "json")
    assert [entry["tenant"] for entry in json.loads(out)["runs"]] == ["harborpine"]


def test_an_unknown_tenant_is_a_usage_error_that_names_the_known_ones(meridian, parcels):
    code, out, err = run("--tenant", "nobody")
    assert (code, out) == (2, "")
    assert "nobody" in err and "meridian" in err


@pytest.mark.parametrize("moment", ["yesterday", "2026-11-23", "2026-11-23T09:00:00", "2026-13-45T09:00:00Z"])
def test_a_moment_without_its_offset_is_a_usage_error(meridian, parcels, moment):
    code, _, err = run("--at", moment)
    assert code == 2 and "offset" in err


def test_an_empty_installation_says_what_to_do(system_config, parcels):
    code, _, err = run()
    assert code == 1 and "load_demo" in err


def test_a_kill_switch_is_exit_3(meridian, parcels):
    SystemConfig.objects.update(global_enabled=False, reason="Audit")
    code, out, _ = run("--format", "json")
    assert (code, json.loads(out)["runs"][0]["stop_reason"]) == (3, "kill_switch_database")
    code, _, err = run("--preview")
    assert code == 3 and "Audit" in err


def test_one_failure_among_several_is_exit_4_and_alone_it_is_exit_1(meridian, harborpine, parcels):
    def plan(cycle):
        if cycle.tenant.slug == "meridian":
            raise RuntimeError("Upside down.")
        return ParcelEngine.plan(parcels, cycle)

    parcels.plan = plan
    assert run()[0] == 4
    code, out, _ = run("--tenant", "meridian")
    assert code == 1 and "Upside down." in out


def test_a_slot_is_taken_once_and_a_manual_cycle_needs_none(meridian, parcels):
    assert run("--scheduled", "--at", "2026-11-23T09:10:00-07:00")[0] == 0
    code, out, _ = run("--scheduled", "--at", "2026-11-23T09:50:00-07:00", "--format", "json")
    assert (code, json.loads(out)["runs"][0]["state"]) == (3, "locked")
    assert run("--at", "2026-11-23T09:55:00-07:00")[0] == 0
    assert run("--scheduled", "--at", "2026-11-23T10:00:00-07:00")[0] == 0


def test_a_preview_takes_no_slot(meridian, parcels):
    assert run("--preview", "--scheduled")[0] == 2
    parcels.proposals = [make_proposal(1, kind="research")]
    code, out, _ = run("--preview", "--format", "json")
    entry = json.loads(out)["runs"][0]
    assert (code, entry["state"], entry["run_id"], entry["cards"]["proposed"]) == (0, "preview", None, 1)


def test_of_eight_scheduled_processes_one_runs_and_seven_are_locked(meridian):
    assert (
        start_eight("--scheduled", "--tenant", "meridian", "--at", "2026-11-23T09:00:00-07:00")
        == [0] + [3] * 7
    )
    with tenant_scope(meridian):
        states = sorted(Run.objects.values_list("state", flat=True))
        assert states == [RunState.COMPLETED] + [RunState.LOCKED] * 7


def test_eight_manual_processes_never_overlap(meridian):
    assert set(start_eight("--tenant", "meridian")) <= {0, 3}
    with tenant_scope(meridian):
        done = list(Run.objects.filter(state=RunState.COMPLETED).order_by("cycle_number"))
        assert [run.cycle_number for run in done] == list(range(1, len(done) + 1))
        assert len({run.fence for run in done}) == len(done)
        assert not Card.objects.exists()

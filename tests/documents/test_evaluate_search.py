"""`evaluate_search`: what it measures, what it refuses, and that nothing of it stays."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from agent.models import Tenant
from documents.evaluation.measuring import ndcg, recall
from tests.agent.processes import worker_environment
from tests.documents.shelf import FEES, FLOOD, ROOF
from tests.fakes.running import REPOSITORY

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
HEADER = "query-id\tcorpus-id\tscore\n"


@pytest.fixture
def collection(tmp_path):
    """Three texts and three queries, each with its text; the folder with the files."""
    corpus = [
        {"_id": "flood", "title": "Alder Street", "text": FLOOD},
        {"_id": "fees", "title": "", "text": FEES},
        {"_id": "roof", "title": "Inspection", "text": ROOF, "metadata": {}},
        {"_id": "empty", "title": "", "text": ""},
    ]
    queries = {"q1": "Which house needs a flood certificate?", "q2": "cost of an appraisal", "q3": "shingles"}
    write(tmp_path / "corpus.jsonl", *map(json.dumps, corpus))
    write(
        tmp_path / "queries.jsonl", *(json.dumps({"_id": key, "text": text}) for key, text in queries.items())
    )
    (tmp_path / "qrels.tsv").write_text(f"{HEADER}q1\tflood\t2\nq1\tgone\t0\nq2\tfees\t1\nq3\troof\t1\n")
    return tmp_path


def write(path, *lines):
    path.write_text("\n".join(lines) + "\n")


def arguments(folder):
    return [
        "--corpus", str(folder / "corpus.jsonl"), "--queries", str(folder / "queries.jsonl"),
        "--qrels", str(folder / "qrels.tsv"), "--format", "json",
    ]  # fmt: skip


def test_the_measures_of_a_collection_are_printed_and_nothing_of_it_stays(meridian, collection):
    out = StringIO()
    call_command("evaluate_search", *arguments(collection), stdout=out)
    measures = json.loads(out.getvalue())
    assert measures.pop("ms_per_query") > 0
    assert measures == {
        "embedder": "wordllama-256", "texts": 4, "queries": 3,
        "nDCG@10": 1.0, "recall@10": 1.0, "recall@100": 1.0,
    }  # fmt: skip
    assert list(Tenant.objects.all()) == [meridian]


def test_a_title_longer_than_a_documents_is_indexed_whole(meridian, collection):
    title = f"{'A report on houses. ' * 20}Xylophone"
    with (collection / "corpus.jsonl").open("a") as corpus:
        corpus.write(json.dumps({"_id": "long", "title": title, "text": "Nothing of note."}) + "\n")
    write(collection / "queries.jsonl", json.dumps({"_id": "q1", "text": "xylophone"}))
    (collection / "qrels.tsv").write_text(f"{HEADER}q1\tlong\t1\n")
    out = StringIO()
    call_command("evaluate_search", *arguments(collection), stdout=out)
    assert json.loads(out.getvalue())["nDCG@10"] == 1.0


def test_the_ids_of_texts_narrow_no_query(meridian, collection):
    rows = [
        {"_id": "2019", "text": ROOF},
        {"_id": "26-40117 Alder House", "text": FEES},
        {"_id": "a", "text": FLOOD},
    ]
    write(collection / "corpus.jsonl", *map(json.dumps, rows))
    asked = {"q1": "flood certificate of 2019", "q2": "flood zone, like 26-40117 Alder House"}
    write(
        collection / "queries.jsonl", *(json.dumps({"_id": key, "text": text}) for key, text in asked.items())
    )
    (collection / "qrels.tsv").write_text(f"{HEADER}q1\ta\t1\nq2\ta\t1\n")
    out = StringIO()
    call_command("evaluate_search", *arguments(collection), stdout=out)
    assert json.loads(out.getvalue())["nDCG@10"] == 1.0


def test_the_measures_are_those_of_the_literature():
    judged = {"a": 3, "b": 2, "c": 0, "d": 1, "e": -1}
    # 3 + 0/log2(3) + 2/log2(4) over 3 + 2/log2(3) + 1/log2(4)
    assert ndcg(["a", "c", "b"], judged, 10) == pytest.approx((3 + 1) / (3 + 2 / 1.5849625 + 0.5))
    assert ndcg(["e", "c"], judged, 10) == 0 and ndcg(["a", "b", "d"], judged, 10) == 1
    assert recall(["a", "x", "d"], judged, 2) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("corpus.jsonl", "nonsense\n", "corpus.jsonl, line 1: this is not JSON"),
        ("corpus.jsonl", "[]\n", "line 1: each line must be one JSON object"),
        ("corpus.jsonl", '{"_id": "a"}\n', "line 1: 'text' must be there"),
        (
            "corpus.jsonl",
            '{"_id": "a", "text": "x"}\n{"_id": "a", "text": "y"}\n',
            "line 2: the _id 'a' is there",
        ),
        ("corpus.jsonl", '{"_id": "a", "text": "x\\u0000"}\n', "line 1: 'text' has a character"),
        ("corpus.jsonl", "", "has no text in it"),
        ("corpus.jsonl", b"\xff\xfe", "it is not UTF-8 text"),
        ("queries.jsonl", '{"_id": "q9", "text": "x"}\n', "No query of .* has a relevant text"),
        ("qrels.tsv", "q1\tflood\t1\n", "line 1: the first line must name the columns"),
        ("qrels.tsv", f"{HEADER}q1\tflood\tmuch\n", "line 2: expected"),
        ("qrels.tsv", f"{HEADER}q1 flood 1\n", "line 2: expected"),
    ],
)
def test_a_bad_file_is_named_with_its_line_and_what_is_expected(collection, name, content, said):
    (collection / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(CommandError, match=said):
        call_command("evaluate_search", *arguments(collection))


def test_a_missing_file_is_named(collection):
    (collection / "qrels.tsv").unlink()
    with pytest.raises(CommandError, match=r"qrels.tsv cannot be read: No such file"):
        call_command("evaluate_search", *arguments(collection))


def test_a_run_that_is_killed_leaves_nothing(meridian, collection):
    texts = [
        json.dumps({"_id": str(number), "title": "t", "text": f"{FLOOD} {number}"}) for number in range(3000)
    ]
    write(collection / "corpus.jsonl", json.dumps({"_id": "flood", "text": FLOOD}), *texts)
    command = [sys.executable, "manage.py", "evaluate_search", *arguments(collection)]
    process = subprocess.Popen(command, env=worker_environment(), cwd=REPOSITORY)
    deadline = time.monotonic() + 120
    is_seen = False
    while time.monotonic() < deadline and not is_seen and process.poll() is None:
        is_seen = is_storing()
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert is_seen
    while is_storing():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert list(Tenant.objects.all()) == [meridian]


def is_storing():
    """Whether another session is storing the texts of an evaluation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_xid IS NOT NULL AND query LIKE '%document_chunk_terms%'"
        )
        return cursor.fetchone()[0] > 0

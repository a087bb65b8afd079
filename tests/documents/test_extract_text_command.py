"""`manage.py extract_text`: the contract of its lines, and wrong input in one sentence."""

from __future__ import annotations

import json
import os
from io import StringIO

from django.core.management import CommandError, call_command

from tests.documents.files import text_pdf

KEYS = [
    *(
        "file",
        "status",
        "reason",
        "reader",
        "pages",
        "pages_done",
        "characters",
        "seconds",
        "peak_mb",
        "text",
    ),
]


def run(*paths):
    """The command's exit code, the objects on its standard output, and its standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("extract_text", *map(str, paths), "--format", "json", stdout=out, stderr=err)
        code = 0
    except CommandError as error:
        code, _ = error.returncode, err.write(str(error))
    return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_each_file_is_one_line_with_every_key_in_the_order_of_names(tmp_path):
    (tmp_path / "c.pdf").write_bytes(text_pdf("Order 4711 of the bank"))
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "b.txt").write_text("Grüße")
    os.mkfifo(tmp_path / "d.fifo")
    (tmp_path / "e\nf.txt").write_text("odd name")
    (tmp_path / "z").mkdir()
    (tmp_path / "z" / "0.txt").write_text("deeper")
    code, rows, err = run(tmp_path)
    assert (code, err) == (0, "")
    assert [row["file"] for row in rows] == [
        str(tmp_path / name) for name in ("a.pdf", "b.txt", "c.pdf", "d.fifo", "e\nf.txt", "z/0.txt")
    ]
    assert all(list(row) == KEYS for row in rows)
    assert [row["reason"] for row in rows] == ["damaged", "", "", "not_a_file", "", ""]
    assert [row["text"].strip() for row in rows[1:3]] == ["Grüße", "Order 4711 of the bank"]


def test_a_path_that_does_not_exist_is_one_sentence_and_nothing_else(tmp_path):
    (tmp_path / "a.txt").write_text("read me not")
    code, rows, err = run(tmp_path, tmp_path / "gone.pdf")
    assert (code, rows, err) == (2, [], f"{tmp_path / 'gone.pdf'} does not exist.")

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ainalym import reading
from ainalym.errors import LexiconError


def test_a_report_becomes_json_lines_in_a_pipe(ainalym, report: Path):
    done = ainalym("read", report)
    assert (done.status, done.err) == (0, "")
    record = json.loads(done.out)
    assert record["id"] == "report.txt"
    assert record["lang"] == "ru"
    assert record["claims"][0]["value"] == 4400000000


def test_every_format_is_written_whole(ainalym, report: Path, tmp_path: Path):
    table = ainalym("read", report, "--format", "table").out
    assert "KZ ↔ UZ" in table
    rows = list(csv.DictReader(io.StringIO(ainalym("read", report, "--format", "csv").out)))
    assert rows[0]["value"] == "4400000000"
    out = tmp_path / "report.html"
    assert ainalym("read", report, "--out", out).out == ""
    assert out.read_text(encoding="utf-8").endswith("</html>\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "report.txt"]


@pytest.mark.parametrize(
    ("name", "start"), [("a.csv", "id,url"), ("a.jsonl", '{"id"'), ("a.txt", "report.txt"), ("a", "{")]
)
def test_the_name_of_the_output_tells_its_format(ainalym, report: Path, tmp_path: Path, name: str, start: str):
    assert ainalym("read", report, "--out", tmp_path / name).status == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_a_missing_input_is_named_and_the_others_go_on(ainalym, report: Path, tmp_path: Path):
    done = ainalym("read", tmp_path / "missing.txt", report)
    assert done.status == 1
    assert json.loads(done.out)["id"] == "report.txt"
    assert done.err.startswith("ainalym: ")
    assert "missing.txt" in done.err
    assert done.err.count("\n") == 1


def test_notes_go_to_standard_error_unless_quiet(ainalym, tmp_path: Path):
    path = tmp_path / "de.txt"
    path.write_text("Die Regierungen haben sich gestern getroffen und über den Handel gesprochen.", encoding="utf-8")
    done = ainalym("read", path)
    assert done.status == 0
    assert done.err.startswith("ainalym: note: de.txt: ")
    assert ainalym("read", path, "--quiet").err == ""


def test_a_failure_of_the_reader_is_one_line_and_the_others_go_on(ainalym, report: Path, tmp_path: Path, monkeypatch):
    good, real = tmp_path / "good.txt", reading.read_document
    good.write_text(report.read_text(encoding="utf-8"), encoding="utf-8")

    def fail(document):
        if document.id == "report.txt":
            raise ZeroDivisionError("a\nb")
        return real(document)

    monkeypatch.setattr("ainalym.reading.read_document", fail)
    done = ainalym("read", report, good)
    assert done.status == 1
    assert json.loads(done.out)["id"] == "good.txt"
    assert done.err.startswith("ainalym: report.txt: the program failed on this (ZeroDivisionError: a b).")
    assert done.err.count("\n") == 1
    assert "Traceback" in ainalym("read", report, "--debug").err


def test_a_lexicon_that_is_not_built_ends_the_run(ainalym, report: Path, monkeypatch):
    def fail(document):
        raise LexiconError("is not there", place="kk.trie")

    monkeypatch.setattr("ainalym.reading.read_document", fail)
    done = ainalym("read", report)
    assert (done.status, done.err) == (1, "ainalym: kk.trie: is not there\n")


def test_a_failure_outside_a_document_is_one_line(ainalym, report: Path, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("out of order")

    monkeypatch.setattr("ainalym.cli.read.write_readings", fail)
    done = ainalym("read", report)
    assert done.status == 1
    assert done.err.startswith("ainalym: read: the program failed on this (RuntimeError: out of order). Please report")
    assert done.err.count("\n") == 1


def test_the_old_file_stays_when_a_run_is_cut_short(ainalym, report: Path, tmp_path: Path, monkeypatch):
    out = tmp_path / "out.jsonl"
    out.write_text("old")

    def fail(document):
        raise KeyboardInterrupt

    monkeypatch.setattr("ainalym.reading.read_document", fail)
    done = ainalym("read", report, "--out", out)
    assert (done.status, done.err) == (130, "ainalym: interrupted.\n")
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "report.txt"]


def test_an_output_that_cannot_be_written(ainalym, report: Path, tmp_path: Path):
    done = ainalym("read", report, "--out", tmp_path / "no" / "out.jsonl")
    assert done.status == 1
    assert "cannot write" in done.err
    assert "Choose another place with --out." in done.err
    assert ainalym("read", report, "--out", tmp_path).status == 1


def test_an_input_is_not_written_over(ainalym, report: Path):
    done = ainalym("read", report, "--out", report)
    assert done.status == 2
    assert "--out is also an input" in done.err


def test_output_through_a_link_goes_to_its_file(ainalym, report: Path, tmp_path: Path):
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.write_text("old")
    link.symlink_to(real)
    assert ainalym("read", report, "--out", link).status == 0
    assert link.is_symlink()
    assert json.loads(real.read_text(encoding="utf-8"))["id"] == "report.txt"


def test_options_reach_the_reader(ainalym, report: Path):
    report.write_text("В прошлом году экспорт Казахстана в Китай составил 5 млн долларов.", encoding="utf-8")
    record = json.loads(ainalym("read", report, "--published", "2024-05-17").out)
    assert record["published"] == "2024-05-17"
    assert record["claims"][0]["period"] == ["2023-01-01", "2023-12-31"]
    assert json.loads(ainalym("read", report, "--lang", "kk").out)["lang"] == "kk"
    table = ainalym("read", report, "--format", "table", "--explain", "--ui-lang", "ru").out
    assert "знаки " in table


def test_processes_keep_the_order_and_name_what_failed(command, tmp_path: Path):
    lines = [
        json.dumps({"id": str(n), "text": f"Экспорт Казахстана в Китай: {n} млн долларов."}) for n in range(1, 150)
    ]
    lines[70] = "{broken"
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    run = subprocess.run([*command, "read", path, "--jobs", "2"], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    ids = [int(json.loads(line)["id"]) for line in run.stdout.splitlines()]
    assert ids == [n for n in range(1, 150) if n != 71]
    assert run.stderr.count("\n") == 1
    alone = subprocess.run([*command, "read", path], capture_output=True, text=True, check=False)
    assert (alone.stdout, alone.stderr) == (run.stdout, run.stderr)


def test_standard_input(command, report: Path):
    run = subprocess.run([*command, "read", "-"], input=report.read_bytes(), capture_output=True, check=True)
    assert json.loads(run.stdout)["claims"]


def test_output_is_utf8_in_any_locale(command, report: Path):
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    run = subprocess.run([*command, "read", report, "--format", "table"], env=env, capture_output=True, check=True)
    assert "KZ ↔ UZ" in run.stdout.decode("utf-8")


def test_a_closed_pipe_is_silent(command, report: Path, tmp_path: Path):
    path = tmp_path / "many.jsonl"
    text = report.read_text(encoding="utf-8")
    path.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n in range(400)), encoding="utf-8")
    process = subprocess.Popen([*command, "read", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 141
    process.stderr.close()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupting_is_clean(command, jobs: str):
    # Started in the background, this process ignores the signal, and what it starts would ignore it too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [*command, "read", "-", "--jobs", jobs], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    time.sleep(1.5)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"ainalym: interrupted.\n")


def test_a_terminal_gets_a_table(terminal, report: Path):
    seen = terminal("read", report)
    assert "╭" in seen
    assert "4.4 bn USD" in seen
    assert "Traceback" not in seen


def test_a_long_run_shows_its_progress(terminal, tmp_path: Path):
    slow = tmp_path / "slow.py"
    slow.write_text(
        "import sys, time, ainalym.reading as reading\n"
        "real = reading.read_document\n"
        "def read_document(document):\n"
        "    time.sleep(0.03)\n"
        "    return real(document)\n"
        "reading.read_document = read_document\n"
        "from ainalym.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    path = tmp_path / "many.jsonl"
    lines = [json.dumps({"id": str(n), "text": "Экспорт Казахстана в Китай: 5 млн долларов."}) for n in range(110)]
    path.write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
    seen = terminal("read", path, "--out", tmp_path / "out.jsonl", program=[sys.executable, str(slow)])
    assert "Reading reports" in seen
    assert "/111" in seen
    assert "a second" in seen
    assert "ainalym: " in seen
    quiet = terminal("read", path, "--quiet", "--out", tmp_path / "out.jsonl", program=[sys.executable, str(slow)])
    assert "Reading reports" not in quiet


def test_a_report_reads_the_same_in_every_process(command):
    # Sets of strings have another order in each process: a rule that takes the first of a set would read at random.
    sets = Path(__file__).parent.parent.parent / "evals"
    found = {
        subprocess.run(
            [*command, "read", "--quiet", *(sets / f"dev-{lang}.jsonl" for lang in ("kk", "ru", "en"))],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert len(found) == 1

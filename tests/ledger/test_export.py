import csv
import io
import json

import msgspec
import pytest

from ainalym.errors import UsageError
from ainalym.ledger import export, models
from ainalym.ledger.export import Narrow, check_form, export_records, name_period
from ainalym.ledger.review import decide
from ainalym.model import Claim
from ainalym.output.jsonl import make_record

from .conftest import TURNOVER, run, start

pytestmark = pytest.mark.django_db
DEAL = " Стороны договорились открыть центр торговли до 2027 года. Переговоры прошли в Астане."


def _lines(write, *given, **named) -> list[dict]:
    out = io.StringIO()
    write(*given, out, **named)
    return [json.loads(line, parse_float=str, parse_int=str) for line in out.getvalue().splitlines()]


def test_a_claim_has_the_fields_that_reading_gives_it(keep):
    reading = keep(TURNOVER, url="https://a.example/1", title="Торговля")
    (claim,) = json.loads(msgspec.json.encode(make_record(reading)))["claims"]
    (row,) = _lines(export.write_jsonl, export_records("claims"))
    assert set(claim) == set(Claim.__struct_fields__)
    assert row["value"] == "4400000000"
    plain = json.loads(json.dumps(next(iter(export_records("claims"))), default=str))
    for name in set(claim) - {"value", "period"}:
        assert plain[name] == claim[name], name
    assert plain["period"] == claim["period"]
    assert (plain["url"], plain["title"], plain["published"]) == ("https://a.example/1", "Торговля", "2024-02-09")


def test_narrowed_by_pair_and_day(keep):
    keep(TURNOVER, place="one", published="2024-02-09")
    keep(TURNOVER.replace("Узбекистана", "Китая"), place="two", published="2024-06-01")
    assert len(list(export_records("claims"))) == 2
    assert [row["partner"] for row in export_records("claims", Narrow(pair="CN-KZ"))] == ["CN"]
    since = models.Document.objects.order_by("-published").first().published
    for what in ("claims", "documents"):
        assert len(list(export_records(what, Narrow(since=since)))) == 1


@pytest.mark.parametrize("what", export.WHAT)
def test_every_sort_of_record_is_json_csv_and_parquet(keep, tmp_path, what):
    import pyarrow.parquet as pq

    keep(TURNOVER + DEAL, place="one")
    keep(TURNOVER.replace("4,4", "5,9"), place="two")
    decide(models.Claim.objects.current().get(surface="4,4").pk, "accept", author="Айгүл")
    records = list(export_records(what))
    assert records
    assert len(_lines(export.write_jsonl, export_records(what))) == len(records)
    if what == "gold":
        return
    out = io.StringIO()
    export.write_csv(what, export_records(what), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert len(rows) == len(records)
    assert tuple(rows[0]) == export.COLUMNS[what]
    with (tmp_path / "out.parquet").open("wb") as file:
        export.write_parquet(what, export_records(what), file)
    assert pq.read_table(tmp_path / "out.parquet").num_rows == len(records)


def test_an_empty_ledger_is_no_error(tmp_path):
    for what in export.WHAT:
        assert list(export_records(what)) == []
    with (tmp_path / "out.parquet").open("wb") as file:
        export.write_parquet("claims", [], file)


def test_what_has_ended_is_not_exported(keep):
    keep(TURNOVER)
    decide(models.Claim.objects.get().pk, "correct", values={"partner": "KG"}, author="Айгүл")
    (row,) = export_records("claims")
    assert (row["partner"], row["state"]) == ("KG", "corrected")


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("2023-01-01", "2023-12-31", ("A", "2023")),
        ("2023-07-01", "2023-12-31", ("S", "2023-S2")),
        ("2023-04-01", "2023-06-30", ("Q", "2023-Q2")),
        ("2024-02-01", "2024-02-29", ("M", "2024-02")),
        ("2023-01-01", "2023-09-30", ("N", "2023-01-01/P273D")),
        ("2023-02-01", "2023-04-30", ("N", "2023-02-01/P89D")),
    ],
)
def test_periods_as_sdmx_names_them(start, end, name):
    import datetime as dt

    assert name_period(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == name


def test_sdmx_holds_amounts_of_money_of_whole_periods(keep):
    keep(TURNOVER + " Он вырос на 12%. К 2030 году его доведут до 10 млрд долларов.")
    out = io.StringIO()
    export.write_sdmx(export_records("claims"), out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert (row["STRUCTURE"], row["FREQ"], row["TIME_PERIOD"]) == ("dataflow", "A", "2023")
    assert (row["REF_AREA"], row["COUNTERPART_AREA"], row["OBS_VALUE"]) == ("KZ", "UZ", "4400000000")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_claimreview_is_one_graph(keep, lang):
    keep(TURNOVER, place="one", publisher="Агентство")
    keep(TURNOVER.replace("4,4", "5,9"), place="two")
    out = io.StringIO()
    export.write_claimreview(Narrow(), out, lang=lang)
    graph = json.loads(out.getvalue())
    assert {item["@type"] for item in graph["@graph"]} == {"ClaimReview"}
    assert {item["inLanguage"] for item in graph["@graph"]} == {lang}
    assert any("4,4" in item["claimReviewed"] for item in graph["@graph"])
    out = io.StringIO()
    export.write_claimreview(Narrow(pair="KZ-RU"), out, lang=lang)
    assert json.loads(out.getvalue())["@graph"] == []


@pytest.mark.parametrize(("what", "form"), [("claims", "claimreview"), ("meetings", "sdmx-csv"), ("gold", "csv")])
def test_formats_that_do_not_fit_are_refused(what, form):
    with pytest.raises(UsageError):
        check_form(what, form)


def test_the_command(own_ledger, tmp_path):
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(f"{TURNOVER} Сообщение {number}.", "utf-8")
    run(own_ledger, "add", str(tmp_path))
    assert len(run(own_ledger, "export", "--pair", "UZ-KZ").splitlines()) == 30
    out = tmp_path / "claims.csv"
    run(own_ledger, "export", "--out", str(out))
    assert len(out.read_text("utf-8").splitlines()) == 31
    assert "choose" in run(own_ledger, "export", "--format", "claimreview", status=2)
    assert "--pair" in run(own_ledger, "export", "--pair", "Узбекистан", status=2)
    assert "--out" in run(own_ledger, "export", "--format", "parquet", status=2)
    process = start(own_ledger, "export", "--what", "documents")
    process.stdout.close()
    process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141

"""The connectors of web services against services on this machine that speak the same interface."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ainalym.errors import SourceError, TransientError, UsageError
from ainalym.statistics.load import add_files
from ainalym.statistics.providers import comtrade, find_provider, imf, kz_bns_open, load_declaration
from ainalym.statistics.store import Store

Service = Any  # what the fixture `serve` starts, in conftest


COMTRADE_ROWS = [
    {"typeCode": "C", "freqCode": "A", "period": str(year), "reporterCode": 398, "reporterISO": None, "flowCode": flow,
     "partnerCode": partner, "partner2Code": 0, "cmdCode": "TOTAL", "customsCode": "C00", "motCode": 0,
     "cifvalue": value if flow == "M" else None, "fobvalue": value if flow == "X" else None,
     "primaryValue": value, "netWgt": None, "isAggregate": True, "legacyEstimationFlag": 0}
    for year in (2020, 2021, 2022) for flow in ("M", "X") for partner, value in ((0, 38e9), (643, 13.7e9 + year))
]  # fmt: skip


def envelope(rows: list[dict[str, Any]], count: int | None = None) -> bytes:
    answer = {"elapsedTime": "0.1 secs", "count": len(rows) if count is None else count, "data": rows, "error": ""}
    return json.dumps(answer).encode()


def choose(query: dict[str, str]) -> list[dict[str, Any]]:
    flows, periods = query["flowCode"].split(","), query["period"].split(",")
    return [row for row in COMTRADE_ROWS if row["flowCode"] in flows and row["period"] in periods]


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits of the connectors, noted and not waited."""
    waits: list[float] = []
    for module in (comtrade, imf, kz_bns_open):
        monkeypatch.setattr(module.provider, "wait", waits.append, raising=False)
    monkeypatch.delenv("COMTRADE_KEY", raising=False)
    return waits


def ask(base: str, **more: str) -> dict[str, str]:
    return {"reporter": "KZ", "years": "2020-2022", "base": base, "pause": "0"} | more


def test_preview_needs_no_key_and_pins_what_multiplies_rows(
    serve: Callable[..., Service], tmp_path: Path, patient: list[float]
) -> None:
    service = serve(lambda path, query: (200, {}, envelope(choose(query))))
    files = comtrade.provider.fetch(ask(service.base), tmp_path)
    path, query = service.seen[0]
    assert path == "/public/v1/preview/C/A/HS"
    assert {k: query[k] for k in ("partner2Code", "customsCode", "motCode")} == comtrade.PINNED
    assert (query["reporterCode"], query["period"], query["maxRecords"]) == ("398", "2020,2021,2022", "500")
    assert "subscription-key" not in query
    store = Store(tmp_path / "store")
    loaded = add_files(store, files)
    assert (loaded.source, loaded.rows, loaded.reexport) == ("comtrade", 12, "no")
    found = store.connect().execute(
        "SELECT value, valuation FROM pair_year WHERE counterpart_area = 'RU' AND trade_flow = 'M' AND year = 2021"
    )
    assert found.fetchall() == [(Decimal(13_700_002_021), "CIF")]


def test_with_a_key_the_count_comes_first_and_calls_are_split_at_the_cap(
    serve: Callable[..., Service], tmp_path: Path, patient: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMTRADE_KEY", "secret")
    monkeypatch.setattr(comtrade, "ROWS_KEY", 5)

    def answer(path: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        rows = choose(query)
        return 200, {}, envelope([] if query.get("countOnly") else rows[: int(query["maxRecords"])], len(rows))

    service = serve(answer)
    files = comtrade.provider.fetch(ask(service.base), tmp_path)
    assert service.seen[0][0] == "/data/v1/get/C/A/HS"
    assert service.seen[0][1]["subscription-key"] == "secret"
    assert service.seen[0][1]["countOnly"] == "true"
    rows = [row for file in files for row in json.loads(file.read_text())["data"]]
    assert sorted(map(str, rows)) == sorted(map(str, COMTRADE_ROWS))
    assert b"secret" not in b"".join(file.read_bytes() for file in files)


def test_a_call_that_cannot_be_split_says_so(
    serve: Callable[..., Service], tmp_path: Path, patient: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comtrade, "ROWS_PREVIEW", 2)
    service = serve(lambda path, query: (200, {}, envelope(choose(query)[:2])))
    with pytest.raises(SourceError, match="more rows than the service hands out"):
        comtrade.provider.fetch(ask(service.base, years="2020", flow="M"), tmp_path)


def test_rows_missing_from_an_answer_are_noticed(
    serve: Callable[..., Service], tmp_path: Path, patient: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMTRADE_KEY", "secret")
    service = serve(lambda path, query: (200, {}, envelope(choose(query)[:3], 12)))
    with pytest.raises(TransientError, match="3 of 12 rows"):
        comtrade.provider.fetch(ask(service.base), tmp_path)


def test_throttling_is_waited_out(serve: Callable[..., Service], tmp_path: Path, patient: list[float]) -> None:
    def answer(path: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if len(service.seen) < 4:
            return 429, {"Retry-After": "7"} if len(service.seen) == 1 else {}, b'{"message": "Rate limit is exceeded"}'
        return 200, {}, envelope(choose(query))

    service = serve(answer)
    comtrade.provider.fetch(ask(service.base), tmp_path)
    assert patient == [7, 4, 8]


@pytest.mark.parametrize(("status", "body", "error", "words"), [
    (429, b"", TransientError, "too many requests"),
    (503, b"", TransientError, "in trouble"),
    (401, b'{"message": "Access denied"}', SourceError, "key is missing"),
    (400, b'{"message": "Invalid period"}', SourceError, "Invalid period"),
    (200, b'{"elapsedTime": "0.1", "count": 12, "data": [{"typ', TransientError, "cut or no JSON"),
    (200, b'{"statusCode": 404}', SourceError, "not Comtrade's"),
    (200, b'{"count": 0, "data": [], "error": "Bad flow"}', SourceError, "Bad flow"),
    (200, b'{"count": 0, "data": [], "error": ""}', SourceError, "no rows"),
])  # fmt: skip
def test_errors_of_comtrade(
    serve: Callable[..., Service], tmp_path: Path, patient: list[float], status: int, body: bytes,
    error: type[Exception], words: str,
) -> None:  # fmt: skip
    service = serve(lambda path, query: (status, {}, body))
    with pytest.raises(error, match=words):
        comtrade.provider.fetch(ask(service.base), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_is_not_there(tmp_path: Path, patient: list[float]) -> None:
    with pytest.raises(TransientError, match="after 5 tries"):
        comtrade.provider.fetch(ask("http://127.0.0.1:9"), tmp_path)


def test_availability_gives_vintages(serve: Callable[..., Service], patient: list[float]) -> None:
    rows = [{"period": 2022, "lastReleased": "2024-03-01T00:00:00"}, {"period": 2023}]
    service = serve(lambda path, query: (200, {}, envelope(rows)))
    found = comtrade.provider.list_vintages({"reporter": "KZ", "base": service.base})
    assert [(name, day and day.isoformat()) for name, day in found] == [("2022", "2024-03-01"), ("2023", None)]


def test_settings_that_are_missing_or_wrong(tmp_path: Path) -> None:
    for provider in (comtrade.provider, imf.provider):
        with pytest.raises(UsageError, match="reporter=KZ"):
            provider.fetch({}, tmp_path)
    with pytest.raises(UsageError, match="names no years"):
        comtrade.parse_years("soon")
    with pytest.raises(UsageError, match="no country"):
        comtrade.provider.fetch({"reporter": "Atlantis", "years": "2020"}, tmp_path)


# IMF

IMF_HEAD = "DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE,OBS_STATUS\n"
IMF_ROWS = "".join(
    f"IMF.STA:IMTS(1.0.0),KAZ,{indicator},{partner},A,2021,{value},6,\n"
    for indicator, partner, value in (
        ("XG_FOB_USD", "RUS", 7018745764), ("MG_CIF_USD", "RUS", 17605534201), ("XG_FOB_USD", "G001", 60321024400),
        ("XG_FOB_USD", "G110", 20000000000), ("TBG_USD", "RUS", -10586788437),
    )
)  # fmt: skip


def test_imf(serve: Callable[..., Service], tmp_path: Path, patient: list[float]) -> None:
    service = serve(lambda path, query: (200, {}, (IMF_HEAD + IMF_ROWS).encode()))
    files = imf.provider.fetch(
        {"reporter": "KZ", "partner": "RU,WORLD", "start": "2021", "base": service.base}, tmp_path
    )
    assert service.seen[0] == (
        "/external/sdmx/2.1/data/IMF.STA,IMTS,1.0.0/KAZ.XG_FOB_USD+MG_CIF_USD+MG_FOB_USD.RUS+G001.A",
        {"startPeriod": "2021"},
    )
    store = Store(tmp_path / "store")
    loaded = add_files(store, files)
    assert "1 overlapping groups of partners were left out: G110" in loaded.notes
    rows = store.connect().execute("SELECT counterpart_area, trade_flow, value FROM pair_year ORDER BY ALL").fetchall()
    assert [(a, f, int(v)) for a, f, v in rows] == [
        ("RU", "M", 17605534201), ("RU", "X", 7018745764), ("WORLD", "X", 60321024400),
    ]  # fmt: skip


def test_an_imf_answer_without_rows_is_no_data(
    serve: Callable[..., Service], tmp_path: Path, patient: list[float]
) -> None:
    service = serve(lambda path, query: (200, {}, IMF_HEAD.encode()))
    files = imf.provider.fetch({"reporter": "KZ", "base": service.base}, tmp_path)
    with pytest.raises(SourceError, match="alpha-3"):
        imf.provider.parse(files, load_declaration("imf"), {})


def test_a_download_that_is_cut_leaves_nothing(
    serve: Callable[..., Service], tmp_path: Path, patient: list[float]
) -> None:
    service = serve(lambda path, query: (200, {"Content-Length": "5000"}, IMF_HEAD.encode()))
    with pytest.raises(TransientError, match="cut"):
        imf.provider.fetch({"reporter": "KZ", "base": service.base}, tmp_path)
    assert list(tmp_path.iterdir()) == []


# The Kazakh Bureau's files


def make_open_workbook() -> bytes:
    """The layout as others describe it: a sheet a year, three columns a month, an asterisk on preliminary months."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2026"
    sheet.append(["Экспорт Республики Казахстан"])
    sheet.append(["", "", "январь", "", "", "февраль*", "", ""])
    sheet.append(["Регион", "Товар", *["тонн", "доп. ед.", "тыс. долл. США"] * 2])
    sheet.append(["Республики Казахстан", "", 10.5, 0, 5351587.7, 9.1, 0, 4559264.0])
    sheet.append(["Абай", "0101", 1, 0, 7.5, 1, 0, 8])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_kazakh_open_data(serve: Callable[..., Service], tmp_path: Path, patient: list[float]) -> None:
    body = make_open_workbook()

    def answer(path: str, query: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        if path.startswith("/api"):
            return 302, {"Location": f"/static/{path.split('/')[4]}.xlsx"}, b""
        return 200, {}, body

    service = serve(answer)
    files = kz_bns_open.provider.fetch({"base": service.base}, tmp_path)
    assert [path for path, _ in service.seen][:2] == ["/api/iblock/element/446905/file/ru/", "/static/446905.xlsx"]
    name, _ = find_provider(None, files)
    assert name == "kz-bns-open"
    store = Store(tmp_path / "store")
    loaded = add_files(store, files)
    assert "2 rows by region and product were left" in loaded.notes
    rows = store.connect().execute(
        "SELECT trade_flow, month, value, obs_status FROM pair_year ORDER BY trade_flow DESC, month"
    ).fetchall()  # fmt: skip
    assert rows[:2] == [("X", 1, Decimal("5351587700"), "A"), ("X", 2, Decimal("4559264000"), "P")]

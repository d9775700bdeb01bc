"""A small corpus in every format, with everything that can be wrong in it."""

import gzip
import io
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REPORT = (
    "В 2023 году товарооборот Казахстана и Узбекистана составил 4,4 млрд долларов. Экспорт из Казахстана в Узбекистан "
    "достиг 3,1 млрд долларов, что на {growth}% больше, чем годом ранее. Стороны обсудили поставки зерна и муки, "
    "строительство складов на границе и работу перевозчиков. Премьер-министр отметил, что обе страны заинтересованы."
)
NOTHING = (
    "В воскресенье хозяева обыграли соперников на своём стадионе. Погода была хорошей, зрителей пришло много. " * 3
)


def make_page(text: str, title: str = "Новости", charset: str = "utf-8", day: str = "2024-05-17") -> bytes:
    page = (
        f'<html lang="ru"><head><meta charset="{charset}"><title>{title}</title>'
        f'<meta property="article:published_time" content="{day}"></head><body><nav><a href="/">Главная</a></nav>'
        f"<article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )
    return page.encode(charset)


def make_record(url: str, page: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    from fastwarc.warc import WarcRecord, WarcRecordType

    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.response)
    record.headers["WARC-Target-URI"] = url
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.set_bytes_content(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + page)
    out = io.BytesIO()
    record.write(out)
    return out.getvalue()


def write_warc(path: Path, records: list[bytes], *, members: bool = True) -> Path:
    """Each record a gzip member of its own, as crawlers write them, or plain by the suffix."""
    if path.suffix != ".gz":
        path.write_bytes(b"".join(records))
    elif members:
        path.write_bytes(b"".join(gzip.compress(record, mtime=0) for record in records))
    else:
        path.write_bytes(gzip.compress(b"".join(records), mtime=0))
    return path


@pytest.fixture(scope="session")
def corpus(tmp_path_factory) -> Path:
    """Forty records of four formats: reports, the same report on three sites, other things, and broken ones."""
    pytest.importorskip("daft", reason="the corpus runner needs Daft")
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path_factory.mktemp("corpus")
    pages = [
        make_record(f"https://a.example/{n}", make_page(REPORT.format(growth=n) if n % 3 else NOTHING))
        for n in range(20)
    ]
    broken = bytearray(gzip.compress(make_record("https://a.example/broken", make_page(REPORT.format(growth=99)))))
    broken[len(broken) // 2 :] = b"\xff" * (len(broken) - len(broken) // 2)
    packed = b"".join(gzip.compress(page, mtime=0) for page in pages)
    (folder / "crawl.warc.gz").write_bytes(packed[: len(packed)] + bytes(broken) + gzip.compress(pages[0], mtime=0))
    same = make_page(REPORT.format(growth=77).replace("  ", " "), title="Торговля растёт", day="2024-05-18")
    twin = make_page(REPORT.format(growth=77).replace("обе страны", "обе державы"), title="Итоги встречи")
    write_warc(
        folder / "plain.warc",
        [
            make_record("https://b.example/same", same),
            make_record("https://c.example/twin", twin),
            make_record("https://d.example/old", make_page(REPORT.format(growth=55), charset="cp1251"), "text/html"),
            make_record("https://d.example/gone", make_page(REPORT.format(growth=1)), status="404 Not Found"),
            make_record("https://d.example/picture", b"\x89PNG", "image/png"),
            make_record("https://d.example/huge", b"<html>" + b"x" * 10_100_000),
        ],
    )
    table = pa.table(
        {"text": [REPORT.format(growth=77), NOTHING, None], "url": [f"https://p.example/{n}" for n in range(3)],
         "published": ["2024-05-16", "2024-05-16", None]}
    )  # fmt: skip
    pq.write_table(table, folder / "archive.parquet", row_group_size=1)
    gold = [json.loads(line) for line in (ROOT / "evals" / "dev-kk.jsonl").read_text(encoding="utf-8").splitlines()[:8]]
    lines = [json.dumps({key: record[key] for key in ("id", "text", "published")}) for record in gold]
    (folder / "reports.jsonl").write_text("\n".join([*lines, "{broken", '{"id": "no text"}']) + "\n", encoding="utf-8")
    (folder / "note.txt").write_text(REPORT.format(growth=33), encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    return folder

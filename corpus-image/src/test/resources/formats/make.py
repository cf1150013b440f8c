"""Makes the tables and dumps of this folder by pyarrow, csv and warcio; run by make.sh."""

import csv
import io
import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

OUT = Path(sys.argv[1])

ROWS = [
    {"本文": "売上高は△1,234百万円、前期比12.5％減。", "見出し": "決算", "番号": 7, "日付": "2025-05-09"},
    {"本文": "配当は1株当たり\n「50円」, 前期と同額。", "見出し": "配当", "番号": 8, "日付": "2025-06-01"},
]


def tables():
    for name, encoding, separator in [
        ("notices-cp932.csv", "cp932", ","),
        ("notices-utf8.tsv", "utf-8-sig", "\t"),
        ("notices-utf16.csv", "utf-16", "\t"),
        ("notices-eucjp.csv", "euc_jp", ","),
    ]:
        text = io.StringIO()
        writer = csv.DictWriter(text, ROWS[0].keys(), delimiter=separator, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(ROWS)
        (OUT / name).write_bytes(text.getvalue().encode(encoding))


def parquet():
    table = pa.Table.from_pylist(
        [dict(row, meta={"url": f"https://example.jp/{row['番号']}"}, 段落=[row["本文"], "以上"]) for row in ROWS]
    )
    for codec in ["NONE", "SNAPPY", "GZIP", "ZSTD", "LZ4"]:
        pq.write_table(table, OUT / f"notices-{codec.lower()}.parquet", compression=codec)
    binary = pa.table({"text": pa.array([row["本文"].encode() for row in ROWS], pa.binary())})
    pq.write_table(binary, OUT / "binary.parquet")


def warc():
    page = "<html><head><title>{}</title></head><body><p>{}</p></body></html>"
    answers = [
        ("https://example.jp/1", 200, "text/html; charset=Shift_JIS",
         page.format("お知らせ", "当社は配当を据え置きます。①").encode("cp932")),
        ("https://example.jp/2", 404, "text/html", b"<html><body>not found</body></html>"),
        ("https://example.jp/3.png", 200, "image/png", b"\x89PNG"),
        ("https://example.jp/4", 200, "text/html", page.format("決算", "売上高は増加しました。").encode()),
    ]
    with open(OUT / "crawl.warc.gz", "wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer.write_record(writer.create_warcinfo_record("crawl.warc.gz", {"software": "warcio"}))
        for url, status, kind, body in answers:
            http = StatusAndHeaders(f"{status} X", [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body), http_headers=http,
                    warc_headers_dict={"WARC-Date": "2025-05-09T00:00:00Z"}))
    with open(OUT / "crawl.warc.wet.gz", "wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer.write_record(
            writer.create_warc_record(
                "https://example.jp/1", "conversion", payload=io.BytesIO("お知らせ\n配当を据え置きます。".encode()),
                warc_content_type="text/plain", warc_headers_dict={"WARC-Date": "2025-05-09T00:00:00Z"}))


def wiki():
    pages = [
        (1, 0, "日本銀行", "", "'''日本銀行'''は日本の[[中央銀行]]である。資本金は{{formatnum:100000000}}円。"),
        (2, 0, "日銀", '<redirect title="日本銀行" />', "#REDIRECT [[日本銀行]]"),
        (3, 1, "ノート:日本銀行", "", "議論である。"),
        (4, 0, "金利", "", "'''金利'''は利子の割合である。 &lt;ref&gt;注&lt;/ref&gt;"),
    ]
    xml = ['<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="ja">',
           "<siteinfo><sitename>Wikipedia</sitename><base>https://ja.wikipedia.org/wiki/"
           "%E3%83%A1%E3%82%A4%E3%83%B3%E3%83%9A%E3%83%BC%E3%82%B8</base></siteinfo>"]
    for number, ns, title, redirect, text in pages:
        xml.append(
            f"<page><title>{title}</title><ns>{ns}</ns><id>{number}</id>{redirect}"
            f"<revision><id>{number + 900}</id><timestamp>2025-05-0{number}T00:00:00Z</timestamp>"
            f'<contributor><username>x</username><id>77</id></contributor><text xml:space="preserve">{text}</text>'
            "</revision></page>")
    xml.append("</mediawiki>")
    (OUT / "jawiki.xml").write_text("\n".join(xml))
    lines = []
    for number, ns, title, redirect, text in pages:
        if not redirect:
            lines.append(json.dumps({"index": {"_type": "_doc", "_id": str(number)}}, separators=(",", ":")))
            lines.append(json.dumps(
                {"namespace": ns, "title": title, "wiki": "jawiki", "timestamp": f"2025-05-0{number}T00:00:00Z",
                 "text": title + "は見出しである。"}, ensure_ascii=False))
    (OUT / "jawiki-cirrussearch-content.json").write_text("\n".join(lines) + "\n")


tables()
parquet()
warc()
wiki()

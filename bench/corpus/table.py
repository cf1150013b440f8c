"""The documents of a version in and out by source and rule, as a Markdown table.

    python table.py MANIFEST.json"""

import json
import sys


def cell(counts):
    return ", ".join(f"{reason} {count:,}" for reason, count in sorted(counts.items(), key=lambda item: -item[1]))


def rows(manifest):
    yield "| source | in | kept | held out | tokens | dropped | lines taken out |"
    yield "| --- | ---: | ---: | ---: | ---: | --- | --- |"
    for source in manifest["provenance"]["sources"]:
        numbers = " | ".join(f"{source[name]:,}" for name in ("read", "kept", "heldOut", "tokens"))
        yield f"| {source['name']} | {numbers} | {cell(source['dropped'])} | {cell(source.get('paragraphs') or {})} |"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        print("\n".join(rows(json.load(file))))

"""What became of labelled documents in a corpus version.

    python quality.py DOCUMENTS.jsonl VERSION_FOLDER"""

import json
import math
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pyarrow.parquet as parquet

DUPLICATES = ("exactDuplicate", "nearDuplicate")


def shingles(text):
    key = [c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum()]
    return {"".join(key[i : i + 5]) for i in range(len(key) - 4)}


def jaccard(a, b):
    a, b = shingles(a), shingles(b)
    return len(a & b) / max(1, len(a | b))


def fates(folder):
    """Line of the input to why it was dropped; None for one that stays."""
    fates = {}
    for table in sorted(folder.glob("documents/*.parquet")):
        for url in parquet.read_table(table, columns=["url"])["url"].to_pylist():
            fates[int(url.rsplit("#", 1)[1])] = None
    for table in sorted(folder.glob("dropped/*.parquet")):
        rows = parquet.read_table(table, columns=["place", "reason"]).to_pylist()
        for row in rows:
            fates[int(row["place"].rsplit("#", 1)[1])] = row["reason"]
    return fates


def put_right(folder):
    """Lines of the input whose text is Japanese now, whatever it was."""
    right = set()
    for table in sorted(folder.glob("documents/*.parquet")):
        rows = parquet.read_table(table, columns=["url", "text"]).to_pylist()
        for row in rows:
            kana = sum(1 for c in row["text"] if "ぁ" <= c <= "ん")
            if kana > len(row["text"]) * 0.1:
                right.add(int(row["url"].rsplit("#", 1)[1]))
    return right


def questioned(folder):
    """Lines of the input in which a question was found."""
    with open(folder / "benchmarks" / "found.jsonl", encoding="utf-8") as lines:
        return {int(json.loads(line)["place"].rsplit("#", 1)[1]) for line in lines}


def share(rows):
    rows = list(rows)
    return sum(rows) / max(1, len(rows)), len(rows)


def main(documents, version):
    with open(documents, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    reasons = fates(Path(version))
    fate = {document["id"]: reasons[i + 1] for i, document in enumerate(documents)}
    right = {documents[line - 1]["id"] for line in put_right(Path(version))}
    text = {document["id"]: document["text"] for document in documents}
    hit = {documents[line - 1]["id"] for line in questioned(Path(version))}
    by_label = {}
    for document in documents:
        by_label.setdefault(document["label"], []).append(document)

    def found(document):
        """One of the pair went for the other, or both for a third."""
        return fate[document["id"]] in DUPLICATES or fate[document["of"]] in DUPLICATES

    near = by_label["near"]
    alike = [d for d in near if jaccard(d["text"], text[d["of"]]) >= 0.8]
    twins = by_label["twin"]
    clean = [d for d in by_label["clean"]]
    lost = [d for d in clean if fate[d["id"]] is not None and fate[d["id"]] not in DUPLICATES]
    originals = {d["of"] for d in documents if d["of"]}
    alone = [d for d in clean if d["id"] not in originals]
    rows = {
        "exact duplicates found": share(found(d) for d in by_label["exact"]),
        "near duplicates found": share(map(found, near)),
        "of those of Jaccard index 0.8 or more": share(map(found, alike)),
        "twins lost": share(fate[d["id"]] in DUPLICATES for d in twins),
        "clean dropped as duplicates though alone": share(
            fate[d["id"]] in DUPLICATES for d in alone
        ),
        "clean kept by the filters": (1 - len(lost) / len(clean), len(clean)),
        "junk kept": share(fate[d["id"]] is None for d in by_label["junk"]),
        "foreign junk kept": share(fate[d["id"]] is None for d in by_label["foreign"]),
        "mojibake put right": share(d["id"] in right for d in by_label["mojibake"]),
        "mojibake kept": share(
            fate[d["id"]] is None and d["id"] not in right for d in by_label["mojibake"]
        ),
        "leaks found": share(d["id"] in hit for d in by_label["leak"]),
        "clean with a question found": share(d["id"] in hit for d in clean),
    }
    for name, (value, count) in rows.items():
        print(f"{name:45} {value:6.3f}  of {count:,}")
    kept = Counter(d["kind"] for d in by_label["foreign"] if fate[d["id"]] is None)
    print("foreign junk kept by kind:", dict(kept))
    exact(documents, fate)


def exact(documents, fate, sample=20_000):
    """All pairs of Jaccard index 0.8 or more of a sample with any document that passed the rules, found without
    signatures: two such texts share one of the fifth of their shingles that are rarest (Bayardo 2007)."""
    passed = [d for d in documents if fate[d["id"]] in (None, *DUPLICATES)]
    sets = [shingles(document["text"]) for document in passed]
    seen = Counter(shingle for each in sets for shingle in each)
    places, like = {}, {}
    for i, each in enumerate(sets):
        rarest = sorted(each, key=lambda shingle: (seen[shingle], shingle))
        candidates = set()
        for shingle in rarest[: len(rarest) - math.ceil(0.8 * len(rarest)) + 1]:
            candidates.update(places.get(shingle, []))
            if i < sample:
                places.setdefault(shingle, []).append(i)
        for j in candidates:
            common = len(each & sets[j])
            if common >= 0.8 * (len(each) + len(sets[j]) - common):
                like.setdefault(i, []).append(j)
                like.setdefault(j, []).append(i)
    numbers = [Counter(re.findall(r"[△▲+-]?[\d,.]+", unicodedata.normalize("NFKC", d["text"]))) for d in passed]
    gone = [fate[document["id"]] is not None for document in passed]
    pairs = [(i, j) for i in like for j in like[i] if i < j and numbers[i] == numbers[j]]
    found = share(gone[i] or gone[j] for i, j in pairs)
    dropped = [i for i, document in enumerate(passed[:sample]) if fate[document["id"]] == "nearDuplicate"]
    right = share(any(not gone[j] for j in like.get(i, [])) for i in dropped)
    print(f"exact Jaccard, {min(sample, len(passed)):,} documents with {len(passed):,}")
    print(f"{'  pairs of 0.8 and the same numbers found':45} {found[0]:6.3f}  of {found[1]:,}")
    print(f"{'  near duplicates with one that stays':45} {right[0]:6.3f}  of {right[1]:,}")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""datatrove with its Japanese settings (those of FineWeb-2's jpn_Jpan: SudachiPy, thresholds of that
recipe) over the same documents, one process. Prints seconds of processor time a stage.

    python peer.py DOCUMENTS.jsonl TOKENIZER.json FOLDER

Not in it: the language filter, whose model is a download."""

import json
import resource
import sys
from pathlib import Path

from datatrove.pipeline.dedup import (
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupFilter,
    MinhashDedupSignature,
)
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.filters import (
    FineWebQualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
)
from datatrove.pipeline.formatters import FTFYFormatter, PIIFormatter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.tokens import TokensCounter
from datatrove.pipeline.writers import JsonlWriter
from datatrove.utils.hashing import HashConfig
from datatrove.utils.typeshelper import Languages

LANGUAGE = Languages.japanese
STOP_WORDS = "の に を は た て が と で 年 し ・ 月 れ さ".split()
MINHASH = MinhashConfig(
    n_grams=5, num_buckets=14, hashes_per_bucket=8, hash_config=HashConfig(precision=64)
)


def used():
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime + resource.getrusage(
        resource.RUSAGE_CHILDREN
    ).ru_utime


def reader(folder):
    return JsonlReader(str(folder), text_key="text", id_key="id", shuffle_files=False)


def filters():
    return {
        "unicode (ftfy)": FTFYFormatter(),
        "Gopher repetition": GopherRepetitionFilter(
            language=LANGUAGE,
            dup_line_frac=0.328,
            top_n_grams=((2, 0.239), (3, 0.196), (4, 0.172)),
            dup_n_grams=((5, 0.243), (6, 0.225), (7, 0.207), (8, 0.19), (9, 0.175), (10, 0.159)),
            dup_para_frac=0,
            dup_line_char_frac=0,
            dup_para_char_frac=0,
        ),
        "FineWeb quality": FineWebQualityFilter(
            language=LANGUAGE,
            line_punct_thr=0.096,
            new_line_ratio=0.13,
            char_duplicates_ratio=0.1,
            short_line_thr=999,
        ),
        "Gopher quality": GopherQualityFilter(
            language=LANGUAGE,
            min_avg_word_length=1,
            max_avg_word_length=6,
            max_non_alpha_words_ratio=0.759,
            min_stop_words=2,
            stop_words=STOP_WORDS,
        ),
        "personal data": PIIFormatter(),
    }


class Timed:
    """Runs one stage over documents that the one before left."""

    def __init__(self):
        self.seconds = {}

    def stage(self, name, work):
        begin = used()
        result = work()
        self.seconds[name] = used() - begin
        return result


def run(documents, tokenizer, folder):
    folder = Path(folder)
    timed = Timed()
    source = folder / "input"
    source.mkdir(parents=True)
    (source / "documents.jsonl").symlink_to(Path(documents).resolve())
    kept = timed.stage("read", lambda: list(reader(source).run(None, 0, 1)))
    for name, stage in filters().items():
        kept = timed.stage(name, lambda stage=stage, kept=kept: list(stage.run(kept, 0, 1)))

    def write():
        writer = JsonlWriter(str(folder / "filtered"), compression=None)
        for _ in writer.run(kept, 0, 1):
            pass

    timed.stage("write and read again", write)
    filtered = list(reader(folder / "filtered").run(None, 0, 1))
    names = {name: str(folder / name) for name in ("signatures", "buckets", "removed")}
    signature = MinhashDedupSignature(names["signatures"], config=MINHASH, language=LANGUAGE)
    timed.stage("MinHash signatures", lambda: signature.run(iter(filtered), 0, 1))

    def clusters():
        buckets = MinhashDedupBuckets(names["signatures"], names["buckets"], config=MINHASH)
        for rank in range(MINHASH.num_buckets):
            buckets.run(None, rank, MINHASH.num_buckets)
        MinhashDedupCluster(names["buckets"], names["removed"], config=MINHASH).run(None, 0, 1)
        return list(MinhashDedupFilter(names["removed"]).run(iter(filtered), 0, 1))

    left = timed.stage("MinHash buckets, clusters, filter", clusters)
    counter = TokensCounter(tokenizer_name_or_path=tokenizer)
    timed.stage("tokens", lambda: list(counter.run(iter(left), 0, 1)))
    return {"kept": [d.id for d in left], "seconds": timed.seconds}


if __name__ == "__main__":
    print(json.dumps(run(*sys.argv[1:])))

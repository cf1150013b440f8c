"""Makes the corpus of the benchmark: a corpus version whose documents are one sequence long each,
so that packing leaves nothing over and every attention window is the whole sequence on both sides;
or, for packing, documents of an eighth to three eighths of one.

    python corpus.py MODEL_FOLDER SEQUENCE_LENGTH SEQUENCES OUTPUT_FOLDER [short]
"""

import hashlib
import json
import struct
import sys
from pathlib import Path

import numpy

END_OF_TEXT = 0


def documents(count, length, vocabulary):
    """[count, length] int32. Half of the tokens follow from the one before, the others are drawn by
    Zipf's law: the loss has something to learn and far to fall."""
    random = numpy.random.default_rng(20240405)
    follower = random.permutation(vocabulary - 1) + 1
    drawn = random.zipf(1.2, (count, length)) % (vocabulary - 1) + 1
    follows = random.random((count, length)) < 0.5
    tokens = drawn.astype(numpy.int32)
    for at in range(1, length - 1):
        tokens[:, at] = numpy.where(follows[:, at], follower[tokens[:, at - 1] - 1], drawn[:, at])
    tokens[:, -1] = END_OF_TEXT
    return tokens


def lengths(tokens, short):
    """Of documents, one after another through all tokens."""
    count, length = tokens.shape
    if not short:
        return numpy.full(count, length)
    random = numpy.random.default_rng(20240406)
    drawn = random.integers(length // 8, 3 * length // 8, 8 * count)
    ends = numpy.cumsum(drawn)
    whole = numpy.searchsorted(ends, tokens.size)
    return numpy.append(drawn[:whole], tokens.size - (ends[whole - 1] if whole else 0))


def megatron_index(sizes):
    starts = numpy.cumsum(sizes) - sizes
    return b"".join([
        b"MMIDIDX\0\0", struct.pack("<QBQQ", 1, 4, sizes.size, sizes.size + 1),
        sizes.astype("<i4").tobytes(),
        (starts.astype("<i8") * 4).tobytes(),
        numpy.arange(sizes.size + 1, dtype="<i8").tobytes(),
    ])


def write(folder, path, content):
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def manifest(model, tokens, documents, bin_file, idx_file):
    tokenizer = (model / "tokenizer.json").read_bytes()
    vocabulary = json.loads((model / "config.json").read_text())["vocab_size"]
    nothing = {"documents": 0, "tokens": 0, "characters": 0, "shards": [], "packed": {}}
    size = {"documents": documents, "tokens": tokens.size}
    return {
        "formatVersion": 1,
        "version": hashlib.sha256(tokens.tobytes()).hexdigest(),
        "tool": "bench/trainer/corpus.py",
        "tokenizer": {"uri": model.as_uri(), "sha256": hashlib.sha256(tokenizer).hexdigest(),
                      "vocabSize": vocabulary, "eosToken": "<|endoftext|>", "eosId": END_OF_TEXT},
        "train": nothing | size | {
            "shards": [size | {"bin": bin_file, "idx": idx_file}],
            "packed": {str(tokens.shape[1]): tokens.shape[0]}},
        "heldOut": nothing,
        "provenance": {"spec": {}, "sources": [], "inputs": [], "dropped": {}},
        "files": [bin_file, idx_file],
    }


def make(model, length, count, folder, short=False):
    vocabulary = json.loads((model / "config.json").read_text())["vocab_size"]
    tokens = documents(count, length, vocabulary)
    sizes = lengths(tokens, short)
    tokens.reshape(-1)[numpy.cumsum(sizes) - 1] = END_OF_TEXT
    bin_file = write(folder, "tokens/train-00000.bin", tokens.astype("<i4").tobytes())
    idx_file = write(folder, "tokens/train-00000.idx", megatron_index(sizes))
    write(folder, "manifest.json",
          json.dumps(manifest(model, tokens, sizes.size, bin_file, idx_file), indent=2).encode())


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]),
         "short" in sys.argv[5:])

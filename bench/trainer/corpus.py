"""Makes the corpus of the benchmark: a corpus version whose documents are one sequence long each,
so that packing leaves nothing over and every attention window is the whole sequence on both sides.

    python corpus.py MODEL_FOLDER SEQUENCE_LENGTH DOCUMENTS OUTPUT_FOLDER
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


def megatron_index(count, length):
    return b"".join([
        b"MMIDIDX\0\0", struct.pack("<QBQQ", 1, 4, count, count + 1),
        numpy.full(count, length, "<i4").tobytes(),
        (numpy.arange(count, dtype="<i8") * length * 4).tobytes(),
        numpy.arange(count + 1, dtype="<i8").tobytes(),
    ])


def write(folder, path, content):
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def manifest(model, tokens, bin_file, idx_file):
    tokenizer = (model / "tokenizer.json").read_bytes()
    vocabulary = json.loads((model / "config.json").read_text())["vocab_size"]
    nothing = {"documents": 0, "tokens": 0, "characters": 0, "shards": [], "packed": {}}
    size = {"documents": tokens.shape[0], "tokens": tokens.size}
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


def make(model, length, count, folder):
    vocabulary = json.loads((model / "config.json").read_text())["vocab_size"]
    tokens = documents(count, length, vocabulary)
    bin_file = write(folder, "tokens/train-00000.bin", tokens.astype("<i4").tobytes())
    idx_file = write(folder, "tokens/train-00000.idx", megatron_index(count, length))
    write(folder, "manifest.json",
          json.dumps(manifest(model, tokens, bin_file, idx_file), indent=2).encode())


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))

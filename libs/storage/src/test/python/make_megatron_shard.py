"""Writes the golden shard of ShardIndexTest: src/test/resources/golden/shard.{bin,idx}.

The layout is that of _IndexWriter in Megatron-LM's megatron/core/datasets/indexed_dataset.py,
written here with struct alone:
  python3 src/test/python/make_megatron_shard.py src/test/resources/golden
"""

import struct
import sys
from pathlib import Path

DOCUMENTS = [[1, 2, 3], [151643], [], [70000, 2, 151935, 0]]


def main(folder: Path) -> None:
    (folder / "shard.bin").write_bytes(
        b"".join(struct.pack(f"<{len(d)}i", *d) for d in DOCUMENTS)
    )
    lengths = [len(d) for d in DOCUMENTS]
    pointers = [4 * sum(lengths[:i]) for i in range(len(lengths))]
    document_indices = list(range(len(DOCUMENTS) + 1))
    (folder / "shard.idx").write_bytes(
        b"MMIDIDX\x00\x00"
        + struct.pack("<Q", 1)
        + struct.pack("<B", 4)  # DType.int32
        + struct.pack("<Q", len(lengths))
        + struct.pack("<Q", len(document_indices))
        + struct.pack(f"<{len(lengths)}i", *lengths)
        + struct.pack(f"<{len(pointers)}q", *pointers)
        + struct.pack(f"<{len(document_indices)}q", *document_indices)
    )


main(Path(sys.argv[1]))

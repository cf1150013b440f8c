"""Golden values of BestFitTest: the lengths in each window that Hugging Face's trl makes.

    python3.11 -m venv /tmp/trl && /tmp/trl/bin/pip install --no-deps trl==0.24.0
    /tmp/trl/bin/pip install datasets==4.4.1
    /tmp/trl/bin/python trainer-image/src/test/reference/bfd.py > trainer-image/src/test/resources/data/bfd.json
"""

import importlib.util
import json
import pathlib
import random
import sys
import types

# Its package imports transformers on the way, of which this file needs one type alone.
site = next(p for p in map(pathlib.Path, sys.path) if (p / "trl" / "data_utils.py").exists())
transformers = types.ModuleType("transformers")
transformers.PreTrainedTokenizerBase = transformers.ProcessorMixin = object
sys.modules["transformers"] = transformers
spec = importlib.util.spec_from_file_location("data_utils", site / "trl" / "data_utils.py")
data_utils = importlib.util.module_from_spec(spec)
spec.loader.exec_module(data_utils)

import pyarrow  # noqa: E402

cases = []
for length, documents in (10, 6), (64, 60), (64, 200), (7, 90):
    rng = random.Random(documents)
    lengths = [rng.randint(1, length) for _ in range(documents)]
    table = pyarrow.table({"input_ids": [[0] * n for n in lengths]})
    packed = data_utils._pack_bfd(table, length)
    cases.append(dict(length=length, documents=lengths, windows=packed["seq_lengths"].to_pylist()))
print(json.dumps(cases))

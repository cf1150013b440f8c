"""Checks that transformers loads a model of ours and computes the logits that we computed.

    python check_export.py MODEL_DIR LOGITS.json

LOGITS.json: {"input_ids": [[...]], "logits": ...}, with logits of every position [B, T, V] or of
the last one [B, V], fp32. Fails when they differ by more than 1e-4.
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

ALLOWED = 1e-4


def differences(folder, expected):
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    with torch.no_grad():
        logits = model(input_ids=torch.tensor(expected["input_ids"])).logits
    ours = torch.tensor(expected["logits"])
    if ours.ndim == 2:
        logits = logits[:, -1]
    if ours.shape != logits.shape:
        sys.exit(f"The logits have shape {list(ours.shape)}, transformers computes "
                 f"{list(logits.shape)}; give the logits of all positions or of the last one.")
    return (ours - logits).abs().max().item()


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder = Path(sys.argv[1]).resolve()
    expected = json.loads(Path(sys.argv[2]).read_text())
    tokenizer = AutoTokenizer.from_pretrained(folder)
    worst = differences(folder, expected)
    # A comparison with NaN is false, so ask for what is allowed.
    if not worst <= ALLOWED:
        sys.exit(f"{folder} loads, but its logits in transformers differ from ours by {worst:.2e} "
                 f"(allowed {ALLOWED:.0e}).")
    print(f"{folder}: transformers loads it (tokenizer of {len(tokenizer)} ids); the logits differ "
          f"by at most {worst:.2e}.")


if __name__ == "__main__":
    main()

"""Loads exported models with transformers and prints the logits of some token ids as JSON.

    $(dev/python/venv.sh) dev/python/check_export.py ID,ID,... MODEL_FOLDER...

Prints one line a model: its class, the number of tensors that were missing, unexpected or of
another shape, and the logits [length][vocabulary] in fp32.
"""

import json
import sys

import torch
from transformers import AutoModelForCausalLM


def check(folder: str, ids: str) -> None:
    model, loading = AutoModelForCausalLM.from_pretrained(folder, output_loading_info=True)
    tokens = torch.tensor([[int(i) for i in ids.split(",")]])
    with torch.no_grad():
        logits = model.float()(input_ids=tokens).logits[0]
    problems = sum(len(loading[key]) for key in ("missing_keys", "unexpected_keys"))
    print(
        json.dumps(
            dict(
                type=type(model).__name__,
                problems=problems + len(loading["mismatched_keys"]),
                logits=logits.tolist(),
            )
        )
    )


if __name__ == "__main__":
    for model_folder in sys.argv[2:]:
        check(model_folder, sys.argv[1])

"""Loads exported models with transformers.

    $(dev/python/venv.sh) dev/python/check_export.py ID,ID,... MODEL_FOLDER...

prints one line of JSON a model: its class, the number of tensors that were missing, unexpected or
of another shape, and the logits [length][vocabulary] in fp32.

    $(dev/python/venv.sh) dev/python/check_export.py --against LOGITS.json MODEL_FOLDER

compares with what `dev/run trainer logits` wrote for the same model: prints the largest difference
and fails when it is above 1e-4 or the tokenizers do not agree.
"""

import json
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, __version__

TOLERANCE = 1e-4


def logits(folder: str, ids: list[int]) -> tuple[object, dict, torch.Tensor]:
    model, loading = AutoModelForCausalLM.from_pretrained(folder, output_loading_info=True)
    with torch.no_grad():
        return model, loading, model.float()(input_ids=torch.tensor([ids])).logits[0]


def check(folder: str, ids: list[int]) -> None:
    model, loading, theirs = logits(folder, ids)
    problems = sum(len(loading[key]) for key in ("missing_keys", "unexpected_keys"))
    print(
        json.dumps(
            dict(
                type=type(model).__name__,
                problems=problems + len(loading["mismatched_keys"]),
                logits=theirs.tolist(),
            )
        )
    )


def compare(file: str, folder: str) -> None:
    with open(file, encoding="utf-8") as opened:
        ours = json.load(opened)
    if ours["text"] is not None:
        tokenizer = AutoTokenizer.from_pretrained(folder)
        ids = tokenizer(ours["text"], add_special_tokens=False)["input_ids"]
        if ids != ours["ids"]:
            sys.exit(f"the tokenizers differ: {ours['ids']} here, {ids} in transformers")
    model, _, theirs = logits(folder, ours["ids"])
    difference = (torch.tensor(ours["logits"]) - theirs).abs().max().item()
    shape = " x ".join(str(n) for n in theirs.shape)
    print(
        f"{type(model).__name__} of transformers {__version__}: {shape} logits"
        f" of {theirs.min():.2f} to {theirs.max():.2f}, largest difference {difference:.1e}"
    )
    if not difference <= TOLERANCE:
        sys.exit(f"more than {TOLERANCE}")


if __name__ == "__main__":
    if sys.argv[1] == "--against":
        compare(*sys.argv[2:])
    else:
        for model_folder in sys.argv[2:]:
            check(model_folder, [int(i) for i in sys.argv[1].split(",")])

"""Continues prompts greedily with transformers, on the models that model_families.py made: the golden
values of GreedyParityTest.

    pip install -r requirements.txt && python greedy.py ../resources/families
"""

import json
import pathlib
import sys

import torch
from transformers import AutoModelForCausalLM

PROMPTS = [[5, 9, 14, 33, 21], [40], [7, 7, 30, 11, 25, 18, 3, 44, 12, 29, 6]]
NEW_TOKENS = 24


def main(out: pathlib.Path) -> None:
    golden = {}
    for folder in sorted(p for p in out.iterdir() if p.is_dir()):
        model = AutoModelForCausalLM.from_pretrained(folder, torch_dtype=torch.float32)
        model.generation_config.eos_token_id = None
        golden[folder.name] = [
            model.generate(
                torch.tensor([prompt]), max_new_tokens=NEW_TOKENS, do_sample=False, use_cache=True
            )[0, len(prompt) :].tolist()
            for prompt in PROMPTS
        ]
    result = dict(prompts=PROMPTS, continuations=golden)
    (out / "greedy.json").write_text(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

"""Trains the tiny random model on the right answers of the golden requests, so that it is sure of
them, keeps it in bf16, and scores them with lm-evaluation-harness' own Hugging Face backend in bf16
and in fp32: the golden values of Bf16ScoresTest. Of random weights answers are coin flips, which
rounding turns.

    pip install -r requirements.txt && python -P bf16.py ../resources
"""

import json
import pathlib
import random
import sys

import torch
from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast

STEPS = 45
BATCH = 12
RATE = 5e-3
POSITIONS = 256


def encoded(tokenizer, request, choice):
    whole = tokenizer(request["context"] + choice)["input_ids"]
    context = len(tokenizer(request["context"].rstrip())["input_ids"])
    cut = max(0, len(whole) - 1 - POSITIONS)
    return whole[cut:], max(1, context - cut)


def likelihoods(model, rows):
    width = max(len(tokens) for tokens, _ in rows)
    ids = torch.tensor([tokens + [0] * (width - len(tokens)) for tokens, _ in rows])
    logs = torch.log_softmax(model(ids[:, :-1]).logits.float(), -1)
    of = logs.gather(-1, ids[:, 1:, None])[..., 0]
    return torch.stack([of[i, start - 1 : len(t) - 1].sum() for i, (t, start) in enumerate(rows)])


def train(model, tokenizer, requests):
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    order = random.Random(7)
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = 0
        for request in order.sample(requests, BATCH):
            rows = [encoded(tokenizer, request, choice) for choice in request["choices"]]
            scores = likelihoods(model, rows)
            gold = torch.tensor([request["gold"]])
            loss = loss + torch.nn.functional.cross_entropy(scores[None], gold) / BATCH
        loss.backward()
        optimizer.step()
        if step % 10 == 0:
            print(step, float(loss), flush=True)


def scored(folder, requests, dtype):
    model = HFLM(pretrained=str(folder), device="cpu", dtype=dtype, batch_size=1)
    instances = [
        Instance("loglikelihood", {}, (request["context"], choice), i)
        for request in requests
        for i, choice in enumerate(request["choices"])
    ]
    answers = iter(model.loglikelihood(instances))
    return [[next(answers)[0] for _ in request["choices"]] for request in requests]


def main(out):
    requests = json.loads((out / "golden/requests.json").read_text())
    asked = [request for request in requests if request["gold"] >= 0]
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(out / "golden/bpe_tokenizer.json"), eos_token="<|endoftext|>"
    )
    torch.manual_seed(3)
    model = AutoModelForCausalLM.from_pretrained(out / "models/base").float()
    train(model, tokenizer, asked)
    folder = out / "models/sure"
    model.to(torch.bfloat16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    for name in ("generation_config.json", "special_tokens_map.json"):
        (folder / name).unlink(missing_ok=True)
    scores = {dtype: scored(folder, requests, dtype) for dtype in ("bfloat16", "float32")}
    (out / "models/sure.json").write_text(json.dumps(scores) + "\n")
    for dtype, answers in scores.items():
        right = [
            max(range(len(a)), key=a.__getitem__) == r["gold"] for a, r in zip(answers, requests)
        ]
        print(dtype, sum(right), "of", len(right))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

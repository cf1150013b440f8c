"""Probabilities that transformers' warpers leave to the tokens of two vocabularies: the golden values of
SeededSamplerTest.

    pip install -r requirements.txt && python sampling.py ../resources/sampling.json
"""

import json
import pathlib
import sys

import torch
from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

SETTINGS = [
    {"temperature": 1.0, "top_k": 0, "top_p": 1.0},
    {"temperature": 0.7, "top_k": 0, "top_p": 1.0},
    {"temperature": 2.5, "top_k": 3, "top_p": 1.0},
    {"temperature": 1.0, "top_k": 1, "top_p": 1.0},
    {"temperature": 1.0, "top_k": 0, "top_p": 0.9},
    {"temperature": 0.8, "top_k": 0, "top_p": 0.5},
    {"temperature": 1.3, "top_k": 7, "top_p": 0.75},
    {"temperature": 0.3, "top_k": 50, "top_p": 0.95},
    {"temperature": 1.0, "top_k": 0, "top_p": 0.0001},
]


def warped(logits, temperature, top_k, top_p):
    scores = logits[None]
    if temperature != 1.0:
        scores = TemperatureLogitsWarper(temperature)(None, scores)
    if top_k > 0:
        scores = TopKLogitsWarper(top_k)(None, scores)
    if top_p < 1.0:
        scores = TopPLogitsWarper(top_p)(None, scores)
    return torch.softmax(scores, -1)[0]


def main(out: pathlib.Path) -> None:
    torch.manual_seed(11)
    rows = [torch.randn(23, dtype=torch.float64) * 2, torch.randn(97, dtype=torch.float64) * 6]
    golden = []
    for logits in rows:
        logits = torch.log_softmax(logits, -1).float().double()
        golden.append(
            {
                "logprobs": logits.tolist(),
                "cases": [{**s, "probabilities": warped(logits, **s).tolist()} for s in SETTINGS],
            }
        )
    out.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

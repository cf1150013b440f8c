"""Scores a model with lm-evaluation-harness' Hugging Face backend on exported task files.

    python peer.py FOLDER_OF_TASKS MODEL BATCH_SIZE OUT.json [--dtype float32|bfloat16] [--limit N] [--samples]

Seconds are of lm-evaluation-harness alone: loading, requests, scores; Python's imports came before.
"""

import argparse
import json
import os
import time
from pathlib import Path

import lm_eval
import torch
from lm_eval.tasks import TaskManager

TASKS = ["chabsa", "cma_basics", "cpa_audit", "fp2", "security_sales_1"]


def responses(samples: list) -> list:
    return [[[float(r[0][0]), r[0][1]] for r in sample["resps"]] for sample in samples]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("tasks", type=Path)
    options.add_argument("model", type=Path)
    options.add_argument("batch_size")
    options.add_argument("out", type=Path)
    options.add_argument("--dtype", default="float32")
    options.add_argument("--limit", type=int)
    options.add_argument("--samples", action="store_true")
    given = options.parse_args()
    out = given.out.resolve()
    model = given.model.resolve()
    os.chdir(given.tasks)  # paths of data files are below it
    start = time.perf_counter()
    answer = lm_eval.simple_evaluate(
        model="hf",
        model_args=f"pretrained={model},dtype={given.dtype}",
        tasks=TASKS,
        task_manager=TaskManager(include_path=".", include_defaults=False),
        batch_size=given.batch_size,
        device="cpu",
        limit=given.limit,
        bootstrap_iters=0,
        log_samples=given.samples,
    )
    seconds = time.perf_counter() - start
    kept = dict(seconds=seconds, threads=torch.get_num_threads(), results=answer["results"])
    if given.samples:
        kept["samples"] = {
            name: responses(sorted(samples, key=lambda sample: sample["doc_id"]))
            for name, samples in answer["samples"].items()
        }
    out.write_text(json.dumps(kept, default=str))


if __name__ == "__main__":
    main()

"""The programs that are compared: each takes a case and gives its steps and its peak memory."""

import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import measured

HERE = Path(__file__).resolve().parent
TRAINER = HERE.parents[1] / "dev" / "run"
SEED = 20240405


@dataclass(frozen=True)
class Series:
    """One run: for each step its loss, gradient norm (None where the program has none to tell) and
    seconds; tokens a step; peak memory in bytes."""

    losses: list
    norms: list
    seconds: list
    tokens: int
    peak_pss: int
    peak_rss: int


def peer(program, case):
    """program: deepspeed or transformers."""
    outcome = measured.run([sys.executable, str(HERE / "peer.py"), program, case.to_json()])
    lines = [json.loads(line) for line in outcome.stdout.splitlines() if line.startswith("{")]
    return Series([line["loss"] for line in lines], [line["grad_norm"] for line in lines],
                  [line["seconds"] for line in lines], lines[0]["tokens"],
                  outcome.peak_pss, outcome.peak_rss)


def run_file(case, data, output):
    return {
        "runUid": "bench", "name": "bench/trainer", "storage": {}, "output": output.as_uri(),
        "baseModel": {"uri": Path(case.model).as_uri()},
        "data": [{"name": "bench", "uri": data.manifest.as_uri()}],
        "sequenceLength": data.length,
        "maxSteps": case.steps,
        "globalBatchSize": data.global_batch,
        "microBatchSize": case.micro_batch,
        "learningRate": case.learning_rate,
        "minLearningRate": case.min_learning_rate,
        "warmupSteps": case.warmup_steps,
        "schedule": "linear",
        "precision": case.precision,
        "optimizer": {"beta1": case.beta1, "beta2": case.beta2, "epsilon": case.epsilon,
                      "weightDecay": case.weight_decay, "maxGradNorm": case.max_grad_norm},
        "parallelism": {"devices": case.ranks, "deviceType": "cpu", "zeroStage": case.zero_stage,
                        "offloadOptimizer": False, "activationCheckpointing": case.checkpointing},
        # The checkpoint at the end is all that a run of this length would write.
        "checkpoint": {"steps": case.steps, "keepLast": 1, "keepBest": 0},
        "samplePrompts": {"maxNewTokens": 0},
        "seed": SEED,
    }


def steps_of(log):
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return [line for line in lines if line["kind"] == "step"]


def ours(case, data, folder, java_options=""):
    """The trainer, started as anybody starts it. folder: for what it writes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    output = folder / "output"
    run_yaml = folder / "run.yaml"  # JSON is YAML
    run_yaml.write_text(json.dumps(run_file(case, data, output), indent=2))
    outcome = measured.run([str(TRAINER), "trainer", str(run_yaml), "--port", "0"],
                           os.environ | {"OMP_NUM_THREADS": str(case.threads),
                                         "KEIZOKU_JAVA_OPTS": java_options})
    rates = [line["tokensPerSecond"] for line in steps_of(output / "model/timings.jsonl")]
    steps = [line["values"] for line in steps_of(output / "model/metrics.jsonl")]
    if not len(rates) == len(steps) == case.steps:
        raise SystemExit(f"the trainer told the speed of {len(rates)} and the loss of {len(steps)} "
                         f"of {case.steps} steps")
    tokens = data.global_batch * data.length
    return Series([step["loss"] for step in steps], [step["gradNorm"] for step in steps],
                  [tokens / rate for rate in rates], tokens, outcome.peak_pss, outcome.peak_rss)

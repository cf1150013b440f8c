"""Where the trainer's processor time goes, out of a recording of JDK's CPU-time profiler."""

import json
import subprocess
from pathlib import Path

import sides

# By the first frame from the top that one of them is in. All work of a rank is in its own thread
# or, with several threads a rank, in the kernels' workers and ATen's, which no Java profiler sees.
PARTS = [
    ("matrix products", ("torch/AtenCalls.mm", "torch/AtenCalls.addmm")),
    ("attention", ("kernel/HostAttention", "kernel/CausalAttention", "kernel/CausalGradients",
                   "torch/AttentionCalls")),
    ("loss", ("crossEntropy", "softmaxGradient")),
    ("norms, gate, rotation", ("kernel/VectorKernels", "kernel/AtenKernels")),
    ("optimizer", ("optim/AdamW", "parallel/ShardedGradients.reduce")),
    ("collectives", ("parallel/collective/", "parallel/ShardedParameters",
                     "parallel/ShardedGradients")),
]
PERIOD_MS = 10
ELSE = "Java and other operators"
# What ranks do in a step, and nothing else, has one of these in its stack.
STEP = ("parallel/DataParallelTrainer.lambda$gradients",
        "parallel/DataParallelTrainer.lambda$update")


def frames(event):
    trace = event["values"].get("stackTrace") or {"frames": []}
    for frame in trace["frames"]:
        method = frame["method"]
        yield method["type"]["name"].replace(".", "/") + "." + method["name"]


def part(stack):
    for name in stack:
        for label, marks in PARTS:
            if any(mark in name for mark in marks):
                return label
    return ELSE


def exists(mark, classes):
    """Whether a compiled class has such a method: class files name their methods in plain text."""
    owner, _, method = mark.partition(".") if "/" in mark else ("", "", mark)
    return any(owner in name and method.encode() in content for name, content in classes.items())


def check_marks():
    """After a rename a part's time would be counted elsewhere, unseen."""
    root = sides.HERE.parents[1]
    classes = {str(path): path.read_bytes() for module in ("trainer-image", "libs/llm")
               for path in (root / module / "target/classes").rglob("*.class")}
    marks = [mark for _, marks in PARTS for mark in marks] + list(STEP)
    lost = [mark for mark in marks if not exists(mark, classes)]
    if lost:
        raise SystemExit(f"where.py looks for {', '.join(lost)}, which the trainer has not: "
                         "write what it is called now")


def in_step(stack):
    return any(mark in name for name in stack for mark in STEP)


def samples(recording):
    """Samples by part, of what ranks do in a step."""
    java_home = subprocess.run([str(sides.HERE.parents[1] / "dev/make/jdk.sh")], check=True,
                               text=True, stdout=subprocess.PIPE).stdout.strip()
    text = subprocess.run([f"{java_home}/bin/jfr", "print", "--json", "--stack-depth", "64",
                           "--events", "jdk.CPUTimeSample", str(recording)], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    counts = {label: 0 for label, _ in PARTS} | {ELSE: 0}
    for event in json.loads(text)["recording"]["events"]:
        stack = list(frames(event))
        if in_step(stack):
            counts[part(stack)] += 1
    return counts


def gflop(case, tokens, length):
    """Of a step's products, those with weights and those of attention. With weights: 2 a weight and
    token forward, 4 backward, 2 more to recompute (Kaplan et al. 2020, section 2.1); the embedding
    is looked up, not multiplied. Attention's: scores and values of each token and the half of the
    sequence before it, as often (Chowdhery et al. 2022, appendix B, which counts the whole)."""
    config = json.loads((Path(case.model) / "config.json").read_text())
    width, heads = config["hidden_size"], config["num_attention_heads"]
    head, depth = width // heads, config["num_hidden_layers"]
    projections = 2 * width * width + 2 * width * head * config["num_key_value_heads"]
    layers = depth * (projections + 3 * width * config["intermediate_size"])
    passes = 8 if case.checkpointing else 6
    output = width * config["vocab_size"]
    return (tokens * (passes * layers + 6 * output) / 1e9,
            tokens * passes * depth * width * length / 1e9)


def profile(case, data, folder):
    recording = folder.with_suffix(".jfr")
    series = sides.ours(case, data, folder,
                        "-XX:StartFlightRecording=jdk.CPUTimeSample#enabled=true,"
                        f"jdk.CPUTimeSample#throttle={PERIOD_MS}ms,filename={recording}")
    check_marks()
    counts = samples(recording)
    total, steps = sum(counts.values()), len(series.seconds)
    if total == 0:
        raise SystemExit(f"{recording} has no sample of a step: give it more steps (--steps)")
    print(f"{'':26}{'s a step':>9}{'share':>8}   (processor time of all ranks)")
    for label, count in counts.items():
        print(f"{label:26}{count * PERIOD_MS / 1000 / steps:9.3f}{count / total:8.1%}")
    seconds = {label: count * PERIOD_MS / 1000 / steps for label, count in counts.items()}
    weights, attention = gflop(case, series.tokens, data.length)
    print(f"{weights:.0f} GFLOP of matrix products a step: "
          f"{weights / seconds[PARTS[0][0]]:.0f} GFLOP/s a thread; the machine's rate: "
          "bench/machine/run.sh, 1 thread")
    if not case.packed:
        print(f"with the {attention:.0f} GFLOP of attention's own, over the whole step: "
              f"{(weights + attention) / sum(seconds.values()):.0f} GFLOP/s a thread")

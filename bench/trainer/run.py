"""Compares the trainer with its peer: alternating runs of the same steps, every step printed."""

import argparse
import dataclasses
import os
import signal
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import corpus
import models
import sides
import where
from case import Case

CACHE = Path(os.environ.get("KEIZOKU_CACHE", Path.home() / ".cache/keizoku")) / "bench/trainer"
EQUAL_WITHIN = {"fp32": 1e-4, "bf16": 5e-3}
# Of --equality --all. DeepSpeed's stage 0 in bf16 keeps no fp32 weights, so it is another algorithm.
SHARDINGS = [("fp32", stage, ranks) for stage in range(4) for ranks in (1, 2, 4)] + [
    ("bf16", stage, ranks) for stage in range(1, 4) for ranks in (2, 4)]


@dataclass(frozen=True)
class Data:
    """A corpus version, and the batches that the trainer makes of it."""

    manifest: Path
    length: int
    global_batch: int
    batches: Path


def cores():
    return os.cpu_count() or 1


def threads(ranks):
    return max(1, cores() // ranks)


def options():
    parser = argparse.ArgumentParser(prog="run.sh", description=__doc__)
    parser.add_argument("--size", choices=models.SIZES, default="30m")
    parser.add_argument("--peer", choices=("deepspeed", "transformers", "trainer"),
                        default="deepspeed",
                        help="trainer: itself, on one rank without sharding")
    parser.add_argument("--precision", choices=("fp32", "bf16"), default="fp32")
    parser.add_argument("--zero-stage", type=int, choices=range(4), default=1)
    parser.add_argument("--ranks", type=int, default=2)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side")
    parser.add_argument("--sequence-length", type=int, default=512)
    parser.add_argument("--global-batch", type=int, default=4, help="sequences a step")
    parser.add_argument("--micro-batch", type=int, default=2, help="sequences a rank at once")
    parser.add_argument("--checkpointing", action="store_true", help="of activations, both sides")
    parser.add_argument("--equality", action="store_true",
                        help="one run of each; compares the losses instead of the speed")
    parser.add_argument("--all", action="store_true",
                        help="with --equality: all ZeRO stages on 1, 2 and 4 ranks, as a table")
    parser.add_argument("--where", action="store_true",
                        help="one run of the trainer under a profiler: where its time goes")
    parser.add_argument("--peer-matmul", choices=("highest", "medium"), default="highest",
                        help="the peer's torch.set_float32_matmul_precision")
    parser.add_argument("--compile", action="store_true", help="the peer, by torch.compile")
    parser.add_argument("--chunked-loss", action="store_true",
                        help="the peer's loss without all logits at once")
    parser.add_argument("--documents", choices=("whole", "short"), default="whole",
                        help="of one sequence each, or several in a sequence, which are packed")
    parser.add_argument("--copying", action="store_true",
                        help="our ranks copy from each other, as GPUs do, and share no memory")
    parser.add_argument("--peer-only", action="store_true", help="without the trainer")
    return parser.parse_args()


def prepare(given):
    model = CACHE / f"qwen2-{given.size}"
    if not (model / "tokenizer_config.json").exists():
        models.make(given.size, model)
    length, batch, steps = given.sequence_length, given.global_batch, given.steps
    short = given.documents == "short"
    folder = CACHE / f"corpus-{given.size}-{given.documents}-{length}x{batch * steps}"
    if not (folder / "manifest.json").exists():
        corpus.make(model, length, batch * steps, folder, short)
    batches = folder / f"batches-{batch}.npy"
    if not batches.exists():
        subprocess.run([str(sides.HERE / "java.sh"), str(sides.HERE / "Batches.java"),
                        (folder / "manifest.json").as_uri(), str(length), str(batch), str(steps),
                        str(sides.SEED), str(batches)], check=True)
    if not given.peer_only:
        # Compiles what has changed, so that the measured runs do not.
        subprocess.run([str(sides.TRAINER), "trainer", "--help"], check=True,
                       stdout=subprocess.DEVNULL)
    data = Data(folder / "manifest.json", length, batch, batches)
    case = Case(model=str(model), batches=str(batches), steps=steps, ranks=given.ranks,
                threads=threads(given.ranks), zero_stage=given.zero_stage,
                precision=given.precision, micro_batch=given.micro_batch,
                checkpointing=given.checkpointing, matmul=given.peer_matmul, packed=short,
                compiled=given.compile, chunked_loss=given.chunked_loss)
    return case, data


def show(name, series):
    rates = [series.tokens / seconds for seconds in series.seconds]
    print(f"{name:>12}  tokens/s by step: " + " ".join(f"{rate:.0f}" for rate in rates))
    print(f"{'':>12}  median {statistics.median(rates):.0f}, whole run "
          f"{series.tokens * len(rates) / sum(series.seconds):.0f} tokens/s; peak memory "
          f"{series.peak_pss / 1e6:.0f} MB (RSS added up: {series.peak_rss / 1e6:.0f} MB)",
          flush=True)
    return rates


def largest_difference(ours, peer):
    return max(abs(a - b) for a, b in zip(ours.losses, peer.losses, strict=True))


def compare_losses(case, ours, peer):
    for step, (a, b) in enumerate(zip(ours.losses, peer.losses), start=1):
        print(f"step {step:3}  loss ours {a:.6f}  peer {b:.6f}  difference {a - b:+.2e}")
    worst, allowed = largest_difference(ours, peer), EQUAL_WITHIN[case.precision]
    print(f"largest difference of the loss: {worst:.2e} (allowed {allowed:.0e})")
    if worst > allowed:
        sys.exit("The trainer and its peer do not compute the same.")


def compare_all_losses(given, case, data):
    """Every sharding against the peer with the same one; fails after the last of them."""
    print(f"{'':9}{'ZeRO':>5}{'ranks':>6}{'first loss':>12}{'last loss':>12}"
          f"{'difference':>12}{'allowed':>9}")
    unequal = 0
    for precision, stage, ranks in SHARDINGS:
        row = dataclasses.replace(case, precision=precision, zero_stage=stage, ranks=ranks,
                                  threads=threads(ranks))
        ours, peer = sides.ours(row, data, CACHE / "output"), sides.peer(given.peer, row)
        worst, allowed = largest_difference(ours, peer), EQUAL_WITHIN[precision]
        unequal += worst > allowed
        print(f"{precision:9}{stage:5}{ranks:6}{ours.losses[0]:12.6f}{ours.losses[-1]:12.6f}"
              f"{worst:12.1e}{allowed:9.0e}" + ("  differs" if worst > allowed else ""), flush=True)
    if unequal:
        sys.exit(f"{unequal} of {len(SHARDINGS)} shardings do not compute what the peer computes.")


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that programs started here end too
    given = options()
    if given.peer == "trainer" and (given.equality or given.peer_only):
        sys.exit("--peer trainer is for speed and memory: ShardingEqualityTest compares the losses.")
    if given.all and not given.equality:
        sys.exit("--all goes with --equality.")
    if given.all and given.global_batch % (4 * given.micro_batch):
        sys.exit("--all needs a --global-batch that is a multiple of 4 x --micro-batch.")
    case, data = prepare(given)
    if given.all:
        print(f"{given.size}, {given.steps} steps of {given.global_batch} x "
              f"{given.sequence_length} tokens, against {given.peer}; {cores()} cores",
              flush=True)
        compare_all_losses(given, case, data)
        return
    print(f"{given.size}, {given.precision}, ZeRO-{given.zero_stage}, {case.ranks} ranks x "
          f"{case.threads} threads, {given.global_batch} x {given.sequence_length} tokens a step; "
          f"{cores()} cores, load {os.getloadavg()[0]:.1f}", flush=True)

    def run_ours():
        return sides.ours(case, data, CACHE / "output",
                          "-Dkeizoku.ranks=copy" if given.copying else "")

    def run_peer():
        if given.peer == "deepspeed":
            return sides.peer(given.peer, case)
        if given.peer == "transformers":
            # One process has all the cores and sees the micro-batches of all ranks.
            return sides.peer(given.peer, dataclasses.replace(case, threads=cores()))
        alone = dataclasses.replace(case, ranks=1, threads=cores(), zero_stage=0,
                                    micro_batch=case.micro_batch * case.ranks)
        return sides.ours(alone, data, CACHE / "output")

    if given.where:
        where.profile(case, data, CACHE / "output")
        return
    if given.equality:
        compare_losses(case, run_ours(), run_peer())
        return
    rates, memory, ratios = {"ours": [], "peer": []}, {"ours": 0, "peer": 0}, []
    for _ in range(given.rounds):
        medians = {}
        for name, run in (("ours", run_ours), ("peer", run_peer)):
            if name == "ours" and given.peer_only:
                continue
            series = run()
            steps = show(name if name == "ours" else given.peer, series)
            rates[name] += steps
            medians[name] = statistics.median(steps)
            memory[name] = max(memory[name], series.peak_pss)
        if not given.peer_only:
            ratios.append(medians["ours"] / medians["peer"])
    for name, steps in rates.items():
        if steps:
            print(f"{name}: tokens/s of all steps: min {min(steps):.0f}, median "
                  f"{statistics.median(steps):.0f}, max {max(steps):.0f}")
    if given.peer_only:
        return
    print(f"load at the end {os.getloadavg()[0]:.1f}; peak memory ours/peer: "
          f"{memory['ours'] / memory['peer']:.2f}")
    print(f"ratio of medians ours/peer: "
          f"{statistics.median(rates['ours']) / statistics.median(rates['peer']):.2f}; by round: min "
          f"{min(ratios):.2f}, median {statistics.median(ratios):.2f}, max {max(ratios):.2f}")


if __name__ == "__main__":
    main()

"""Compares log-likelihoods and scores of peer.py with those of an evaluation of ours.

    python same_scores.py PEER.json FOLDER MODEL TOLERANCE

Accuracies are the same where no answer lies within the tolerance of another, so those that do are told.
"""

import json
import sys
from pathlib import Path


def main(peer: str, folder: str, model: str, tolerance: float) -> int:
    theirs = json.loads(Path(peer).read_text())
    ours = {}
    for line in (Path(folder) / "samples.jsonl").read_text().splitlines():
        sample = json.loads(line)
        if sample["model"] == model:
            ours.setdefault(sample["task"], []).append(sample["filtered_resps"])
    scores = json.loads((Path(folder) / "results.json").read_text())["models"][model]["results"]
    wrong = 0
    for task, questions in theirs["samples"].items():
        furthest, greedy, otherwise = 0.0, 0, 0
        for mine, peers in zip(ours[task], questions, strict=True):
            furthest = max(furthest, *(abs(a[0] - b[0]) for a, b in zip(mine, peers, strict=True)))
            greedy += sum(a[1] != b[1] for a, b in zip(mine, peers, strict=True))
            otherwise += best(mine) != best(peers)
        print(f"{task:18} {len(questions):5} questions: log-likelihoods at most {furthest:.2g} apart, "
              f"{otherwise} answered otherwise, {greedy} greedy flags differ")
        wrong += furthest > tolerance
        for metric in ("acc", "f1"):
            key = f"{metric},none"
            if key in scores[task]:
                mine, peers = scores[task][key], theirs["results"][task][key]
                print(f"{'':18} {metric} {mine:.6f} and {peers:.6f}")
                wrong += otherwise == 0 and abs(mine - peers) > 1e-12
    return 1 if wrong else 0


def best(choices: list) -> int:
    return max(range(len(choices)), key=lambda i: choices[i][0])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4], float(sys.argv[4])))

"""Learns which words speak of finance, for the rule minFinanceScore.

    learn.py FINANCE.jsonl GENERAL.jsonl WEIGHTS.properties [FOREIGN.jsonl]

Each line of the inputs is an object with `text` (what `corpus extract` writes). FINANCE holds filings
and laws on finance, GENERAL laws on anything else, sentences of an encyclopedia, novels and
guidelines: law stands on both sides, so that the words of all laws say nothing. A word is a pair of neighbouring kanji or
katakana. Its weight is the log of how much more often it stands in pieces of finance than in general
ones (each piece of 500 characters counts a word once; half a piece is added to both), and words
whose weight is within 3 standard errors of 0 are left out. The score of a text is
1 / (1 + exp(-(slope * m + intercept))) with m the mean weight of all its pairs, words or not: length
does not count. Slope and intercept are fitted on the pieces.

Every fifth document (by the hash of its text) is kept out of learning; what is printed is measured
there, and on FOREIGN, texts on finance of another kind. The same inputs give the same bytes."""

import hashlib
import json
import math
import sys
from collections import Counter

PIECE = 500
LEAST_PIECES = 8
LEAST_ERRORS = 3.0
MOST_WORDS = 4000


def counts(c):
    return "\u4e00" <= c <= "\u9fff" or "\u30a1" <= c <= "\u30fa" or c == "\u30fc" or c == "\u3005"


def pairs(text):
    return [a + b for a, b in zip(text, text[1:]) if counts(a) and counts(b)]


def pieces(text):
    return [text[i : i + PIECE] for i in range(0, len(text), PIECE)] if len(text) < 100 * PIECE else [
        # Of a long text a hundred pieces, evenly: one law must not outweigh a hundred.
        text[i * len(text) // 100 : i * len(text) // 100 + PIECE]
        for i in range(100)
    ]


def read(path):
    with open(path, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    learnt, held = [], []
    for text in texts:
        digest = hashlib.sha256(text.encode()).digest()[0]
        (held if digest % 5 == 0 else learnt).append(text)
    return learnt, held


def presence(texts):
    found, total = Counter(), 0
    for text in texts:
        for piece in pieces(text):
            found.update(set(pairs(piece)))
            total += 1
    return found, total


def learn(finance, general):
    of_finance, all_finance = presence(finance)
    of_general, all_general = presence(general)
    weights = {}
    for word in of_finance.keys() | of_general.keys():
        a, b = of_finance[word] + 0.5, of_general[word] + 0.5
        if a + b < LEAST_PIECES:
            continue
        weight = math.log(a / (all_finance + 1)) - math.log(b / (all_general + 1))
        if abs(weight) >= LEAST_ERRORS * math.sqrt(1 / a + 1 / b):
            weights[word] = (weight, abs(weight) * math.sqrt(a + b))
    best = sorted(weights, key=lambda word: (-weights[word][1], word))[:MOST_WORDS]
    return {word: round(weights[word][0], 2) for word in sorted(best)}


def mean(weights, text):
    found = pairs(text)
    return sum(weights.get(pair, 0.0) for pair in found) / len(found) if found else 0.0


def fit(positive, negative):
    """Slope and intercept of the logistic curve, both sides of equal weight, by Newton's steps."""
    slope, intercept = 1.0, 0.0
    rows = [(m, 1, 0.5 / len(positive)) for m in positive]
    rows += [(m, 0, 0.5 / len(negative)) for m in negative]
    for _ in range(50):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for m, label, weight in rows:
            p = 1 / (1 + math.exp(-(slope * m + intercept)))
            g0 += weight * (label - p)
            g1 += weight * (label - p) * m
            w = weight * p * (1 - p) + 1e-12
            h00, h01, h11 = h00 + w, h01 + w * m, h11 + w * m * m
        determinant = h00 * h11 - h01 * h01
        intercept += (h11 * g0 - h01 * g1) / determinant
        slope += (h00 * g1 - h01 * g0) / determinant
    return round(slope, 3), round(intercept, 3)


def score(weights, curve, text):
    return 1 / (1 + math.exp(-(curve[0] * mean(weights, text) + curve[1])))


def area(positive, negative):
    """The chance that a text on finance scores higher than another one."""
    ranked = sorted([(s, 1) for s in positive] + [(s, 0) for s in negative])
    below = wins = 0.0
    for _, label in ranked:
        wins += below if label else 0
        below += not label
    return wins / (len(positive) * len(negative))


def show(name, scores):
    share = sum(s >= 0.5 for s in scores) / max(1, len(scores))
    print(f"{name:40} {len(scores):7,}  0.5 or more: {share:.3f}")


def main(finance, general, output, foreign=None):
    finance_learnt, finance_held = read(finance)
    general_learnt, general_held = read(general)
    weights = learn(finance_learnt, general_learnt)
    curve = fit(
        [mean(weights, piece) for text in finance_learnt for piece in pieces(text)],
        [mean(weights, piece) for text in general_learnt for piece in pieces(text)],
    )
    with open(output, "w", encoding="utf-8") as out:
        out.write(f"slope={curve[0]}\nintercept={curve[1]}\n")
        for word, weight in weights.items():
            out.write(f"{word}={weight}\n")
    print(f"{len(weights):,} words, slope {curve[0]}, intercept {curve[1]}")
    for kind, cut in (("documents", lambda text: [text]), ("pieces of 500 characters", pieces)):
        positive = [score(weights, curve, p) for text in finance_held for p in cut(text)]
        negative = [score(weights, curve, p) for text in general_held for p in cut(text)]
        show(f"finance kept out, {kind}", positive)
        show(f"general kept out, {kind}", negative)
        print(f"{'area under the curve':40} {area(positive, negative):.4f}")
    if foreign:
        with open(foreign, encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
        show("foreign", [score(weights, curve, text) for text in texts])


if __name__ == "__main__":
    main(*sys.argv[1:])

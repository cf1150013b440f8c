"""Filters written answers, scores them and draws examples as lm-evaluation-harness does: the golden
values of AnswersGoldenTest and PythonRandomTest.

    pip install -r requirements.txt && python -P answers.py ../resources/golden
"""

import json
import pathlib
import random
import sys

from lm_eval.api.metrics import exact_match_hf_evaluate
from lm_eval.filters import build_filter_ensemble

ANSWERS = [
    "The answer is #### 1,234 and #### -5.6",
    "Answer: 10.07%\nBecause",
    "  答え：１２３億円。 ",
    "A: (B)\nB",
    "no number here",
    "",
    "増加しました。\n\n理由は…",
    "x=[3] y=[] z=[-7]",
    "line one\nline two\nlast 42",
    "売上高は1,030,674百万円、利益は26,534百万円",
    "Ａ\t\u3000B　C\r\nD",
    "𠮷野家 7人",
]
FILTERS = [
    [{"function": "regex"}],
    [{"function": "regex", "regex_pattern": r"([-+]?[\d,]+(?:\.\d+)?)", "group_select": -1}],
    [{"function": "regex", "regex_pattern": r"(-?[$0-9.,]{2,})|(-?[0-9]+)", "group_select": -1}],
    [{"function": "regex", "regex_pattern": r"(?:Answer|答え)\s*[:：]\s*(.+)", "fallback": ""}],
    [{"function": "regex", "regex_pattern": r"\[(.*?)\]", "group_select": 1}],
    [{"function": "regex", "regex_pattern": r"(?P<last>\S+)\s*\Z"}],
    [{"function": "regex", "regex_pattern": r"[^][\n&&=]+", "group_select": 2}],
    [{"function": "regex", "regex_pattern": r"\w+$"}],
    [{"function": "regex", "regex_pattern": r"(\d)?(x)?", "fallback": "none"}],
    [
        {
            "function": "regex",
            "regex_pattern": r"\A(?:[\s\S]*?(?:Answer|answer|A)\s*[:：]\s*(.+)|(?:[\s\S]*\n)?\s*([^\n]*\S)\s*\Z)",
            "fallback": "",
        }
    ],
    [{"function": "remove_whitespace"}],
    [{"function": "lowercase"}],
    [{"function": "uppercase"}],
    [{"function": "map", "mapping_dict": {"": "nothing", "no number here": "no"}, "default_value": "other"}],
]
SETTINGS = [
    {},
    {"ignore_case": True},
    {"ignore_punctuation": True},
    {"ignore_case": True, "ignore_punctuation": True, "ignore_numbers": True},
    {"regexes_to_ignore": [",", r"\$", r"(?s).*#### ", r"\.$"]},
]
PAIRS = [
    ("Yes.", "yes"),
    ("1,234", "1234"),
    ("1,234.", "1234"),
    ("so #### 12", "12"),
    ("増加。", "増加"),
    ("A-b 3", "ab "),
    ("ＡＢ", "ａｂ"),
    ("$5", "5"),
    ("same", "same"),
]
DRAWS = [(5, 2, 4), (30, 3, 6), (21, 5, 4), (22, 5, 4), (100, 5, 8), (1119, 4, 8), (7, 7, 2), (3000, 33, 3)]


def filtered(steps: list, answers: list) -> str | None:
    """One pipeline on the answers to one question; take_first ends it, as in a task file. None where
    it ends in an exception: group_select asks for a match that is not there."""
    components = [[step["function"], {k: v for k, v in step.items() if k != "function"}] for step in steps]
    ensemble = build_filter_ensemble("none", [*components, ["take_first", None]])
    resps = [list(answers)]
    for step in ensemble.filters:
        try:
            resps = list(step().apply(resps, [{}]))
        except IndexError:
            return None
    return list(resps)[0]


def main(out: pathlib.Path) -> None:
    golden = {
        "filters": [
            {"steps": steps, "answers": [answer], "left": filtered(steps, [answer])}
            for steps in FILTERS
            for answer in ANSWERS
        ]
        + [
            {"steps": steps, "answers": answers, "left": filtered(steps, answers)}
            for answers in (["a", "b", "b", "a"], ["c 1", "d 2", "c 2"], ["x"])
            for steps in (
                [{"function": "majority_vote"}],
                [{"function": "regex", "regex_pattern": r"\d"}, {"function": "majority_vote"}],
                [{"function": "take_first_k", "k": 1}, {"function": "majority_vote"}],
            )
        ],
        "exactMatch": [
            {
                "settings": settings,
                "answer": answer,
                "right": right,
                "score": float(
                    exact_match_hf_evaluate(predictions=[answer], references=[right], **settings)["exact_match"]
                ),
            }
            for settings in SETTINGS
            for answer, right in PAIRS
        ],
    }
    (out / "answers.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n")
    draws = []
    for population, size, times in DRAWS:
        rnd = random.Random(1234)
        drawn = [rnd.sample(list(range(population)), size) for _ in range(times)]
        draws.append({"population": population, "size": size, "drawn": drawn})
    (out / "draws.json").write_text(json.dumps(draws) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

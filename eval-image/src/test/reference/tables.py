"""Prints results as lm-evaluation-harness does: the golden values of ResultsTableTest.

    pip install -r requirements.txt && python -P tables.py ../resources/golden
"""

import json
import pathlib
import sys

from lm_eval.utils import make_table


def task(name, **metrics):
    results = {"alias": name}
    for metric, (value, error) in metrics.items():
        results[f"{metric},none"] = value
        results[f"{metric}_stderr,none"] = error
    return results


def document(better, *tasks):
    names = [results["alias"] for results in tasks]
    return {
        "results": dict(zip(names, tasks)),
        "versions": {name: 1 for name in names},
        "n-shot": {name: 2 if name == "fp2" else 0 for name in names},
        "higher_is_better": {
            name: {
                metric.split(",")[0]: better
                for metric in results
                if metric != "alias" and "_stderr" not in metric
            }
            for name, results in zip(names, tasks)
        },
    }


DOCUMENTS = [
    document(
        True,
        task("fp2", acc=(0.3333333, 0.2108), acc_norm=(0.5, 0.25), map_2=(0.41666, 0.2007)),
        task("security_sales_1", acc=(1.0, 0.0), map=(0.25, 0.1)),
    ),
    document(
        False,
        task(
            "heldout_finance",
            bits_per_char=(5.74512, "N/A"),
            word_perplexity=("N/A", "N/A"),
            byte_perplexity=(12.5, "N/A"),
        ),
    ),
    document(None, task("fp2", acc=(0.5, 0.25)), task("cma_basics", acc=(12.5, 0.5))),
]


def main(folder):
    golden = []
    for written in DOCUMENTS:
        kept = json.loads(json.dumps(written))
        golden.append({"document": kept, "table": make_table(written)})
    pathlib.Path(folder, "tables.json").write_text(
        json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1])

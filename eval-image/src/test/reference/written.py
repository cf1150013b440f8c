"""Lets lm-evaluation-harness ask jfinqa from the evaluator's own task file and write answers with its
Hugging Face backend: the golden values of WrittenTaskTest.

    dev/run eval tasks --export /tmp/tasks
    pip install -r requirements.txt && python -P written.py /tmp/tasks ../resources
"""

import hashlib
import json
import os
import pathlib
import sys

from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM
from lm_eval.tasks import TaskManager, get_task_dict

KWARGS = {"until": ["。", "Question:"], "max_gen_toks": 40, "do_sample": False}


def main(tasks: str, out: pathlib.Path) -> None:
    os.chdir(tasks)  # paths of data files are below it
    manager = TaskManager(include_path=".", include_defaults=False)
    task = get_task_dict(["jfinqa"], manager)["jfinqa"]
    task.build_all_requests()
    digest = hashlib.sha256()
    for instance in task.instances:
        digest.update(instance.args[0].encode() + b"\x01")
    golden = {"contexts": digest.hexdigest(), "kwargs": KWARGS}
    # Three of the task's, which the models' 256 positions cut, and short ones.
    asked = [instance.args[0] for instance in task.instances[:600:200]]
    asked += [f"{instance.doc['qa']['question']}\nAnswer:" for instance in task.instances[:900:50]]
    golden["asked"] = asked
    golden["answers"] = {}
    for name in ("base", "tuned"):
        model = HFLM(
            pretrained=str(out / "models" / name), device="cpu", dtype="float32", batch_size=1
        )
        instances = [Instance("generate_until", {}, (text, dict(KWARGS)), i) for i, text in enumerate(asked)]
        golden["answers"][name] = model.generate_until(instances)
    responses = [
        "Answer: 10.07%", "10.1%", "計算すると\n答えは\n10.05％", "", "Answer：12,345百万円\n理由", "A: はい", "はい。", "増収しました",
    ]
    # What is left of a response by the task's own filters, and lm-eval's exact_match of it.
    doc = task.instances[0].doc
    golden["read"] = []
    for response in responses:
        instance = Instance("generate_until", doc, ("", {}), 0)
        instance.resps = [response]
        task._instances = [instance]
        task.apply_filters()
        (name,) = instance.filtered_resps
        left = instance.filtered_resps[name]
        score = task.process_results(doc, [left])["exact_match"]
        golden["read"].append({"response": response, "filter": name, "left": left, "exactMatch": float(score)})
    (out / "golden/written.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]).resolve())

"""Builds the requests of exported task files with lm-evaluation-harness and compares each task's with
the golden SHA-256: `eval tasks --export FOLDER`, then `python same_requests.py FOLDER GOLDEN.json`.
"""

import hashlib
import json
import os
import sys

from lm_eval.tasks import TaskManager, get_task_dict


def sha256(task) -> str:
    digest = hashlib.sha256()
    before = None
    for instance in task.instances:
        if instance.doc_id != before and before is not None:
            digest.update(b"\x01")
        if instance.doc_id != before:
            digest.update(instance.args[0].encode())
        digest.update(b"\x00" + instance.args[1].encode())
        before = instance.doc_id
    digest.update(b"\x01")
    return digest.hexdigest()


def main(folder: str, golden: str) -> int:
    with open(golden, encoding="utf-8") as file:
        wanted = json.load(file)
    os.chdir(folder)  # paths of data files are below it
    manager = TaskManager(include_path=".", include_defaults=False)
    wrong = 0
    for name, task in sorted(get_task_dict(list(wanted), manager).items()):
        task.set_fewshot_seed(1234)
        task.build_all_requests()
        same = sha256(task) == wanted[name]
        wrong += not same
        print(f"{name:30} {len(task.instances):6} requests  {'equal' if same else 'DIFFERENT'}")
    print(f"{len(wanted) - wrong} of {len(wanted)} tasks ask the same, byte for byte")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

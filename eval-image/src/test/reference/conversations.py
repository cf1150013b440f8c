"""Lets lm-evaluation-harness put tasks as conversations: the golden values of ConversationTest.

    pip install -r requirements.txt && python -P conversations.py ../resources
"""

import json
import os
import pathlib
import sys
import tempfile

import jinja2
from lm_eval.tasks import TaskManager, get_task_dict
from transformers.utils.chat_template_utils import _compile_jinja_template

ROWS = [
    {"q": "売上高は？\n", "choices": ["1,030億円", "896億円"], "answer": 0},
    {"q": "日本の中央銀行は？", "choices": ["日本銀行", "ゆうちょ銀行"], "answer": 0},
    {"q": "債券の価格は？", "choices": ["上がる", "下がる"], "answer": 1},
    {"q": "利益は？ ", "choices": ["増益", "減益"], "answer": 1},
]
COMMON = """
dataset_path: json
dataset_kwargs: {data_files: {test: rows.jsonl}}
test_split: test
fewshot_split: test
doc_to_text: "問い: {{q}}\\n答え:"
"""
CHOICES = "output_type: multiple_choice\ndoc_to_choice: choices\ndoc_to_target: answer\nmetric_list: [{metric: acc}]\n"
WORDS = "output_type: generate_until\ndoc_to_target: '{{choices[answer]}}'\nmetric_list: [{metric: exact_match}]\n"
TASKS = {
    "plain": CHOICES,
    "told": CHOICES + 'description: "次の問題に答えてください。\\n\\n"\n',
    "shots": CHOICES + "description: 'D.'\nnum_fewshot: 2\n",
    "words": WORDS + "num_fewshot: 1\nfewshot_config: {sampler: first_n}\n",
}
TOKENS = {"bos_token": "<s>", "eos_token": "</s>"}


def chat_template(name, out):
    compiled = _compile_jinja_template((out / "chat" / name).read_text(encoding="utf-8"))

    def once(messages, **settings):
        return compiled.render(messages=messages, tools=None, documents=None, **settings, **TOKENS)

    def apply(messages, add_generation_prompt=True):
        # As HFLM.apply_chat_template.
        try:
            return once(messages, add_generation_prompt=add_generation_prompt)
        except jinja2.exceptions.TemplateError:
            messages = [m for m in messages if m["role"] != "system"]
            return once(messages, add_generation_prompt=add_generation_prompt)

    return apply


def main(out: pathlib.Path) -> None:
    golden = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        pathlib.Path("rows.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in ROWS))
        for name, fields in TASKS.items():
            pathlib.Path(name + ".yaml").write_text(f"task: {name}\n{COMMON}{fields}")
        manager = TaskManager(include_path=".", include_defaults=False)
        for template in ("qwen2.5.jinja", "gemma.jinja", "llama3.jinja"):
            for name in TASKS:
                for system in (None, "あなたは専門家です。"):
                    for multiturn in (False, True):
                        task = get_task_dict([name], manager)[name]
                        task.set_fewshot_seed(1234)
                        task.build_all_requests(
                            system_instruction=system,
                            apply_chat_template=True,
                            fewshot_as_multiturn=multiturn,
                            chat_template=chat_template(template, out),
                            tokenizer_name=template,
                        )
                        arguments = [list(i.args) for i in task.instances]
                        if "generate" in TASKS[name]:
                            arguments = [[context] for context, _ in arguments]
                        golden.append(
                            {
                                "template": template,
                                "task": name,
                                "system": system,
                                "multiturn": multiturn,
                                "arguments": arguments,
                            }
                        )
    files = {name: f"task: {name}\n{COMMON}{fields}" for name, fields in TASKS.items()}
    (out / "golden/conversations.json").write_text(
        json.dumps({"rows": ROWS, "tasks": files, "tokens": TOKENS, "golden": golden}, ensure_ascii=False, indent=1)
        + "\n"
    )


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())

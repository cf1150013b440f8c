"""Makes golden/bos.json: what AutoTokenizer puts in front of a text, for the ways in which model
folders say it.

  $(dev/python/venv.sh) libs/tokenizer/src/test/python/make_bos.py libs/tokenizer/src/test/resources/golden

Every case is golden/parity/llama2.json with another post-processor and tokenizer_config.json.
"""

import json
import sys
import tempfile
from pathlib import Path

from transformers import AutoTokenizer


def template(token: str) -> dict:
    single = [{"SpecialToken": {"id": token, "type_id": 0}}] if token else []
    single.append({"Sequence": {"id": "A", "type_id": 0}})
    special = {token: {"id": token, "ids": [1], "tokens": [token]}} if token else {}
    return {"type": "TemplateProcessing", "single": single, "pair": [], "special_tokens": special}


TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
LLAMA = {"tokenizer_class": "LlamaTokenizer"}
PLAIN = {"tokenizer_class": "PreTrainedTokenizerFast"}
BYTES = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True}
CASES = {
    "Llama 2, said": (template("<s>"), TOKENS | LLAMA | {"add_bos_token": True}),
    "Llama 2, not said": (template("<s>"), TOKENS | LLAMA),
    "Llama 2, without a template": (None, TOKENS | LLAMA),
    "Llama 2, switched off": (template("<s>"), TOKENS | LLAMA | {"add_bos_token": False}),
    "Mistral": (template("<s>"), TOKENS | {"tokenizer_class": "LlamaTokenizerFast"}),
    "Llama 3": ({"type": "Sequence", "processors": [BYTES, template("<s>")]}, TOKENS | PLAIN),
    "Llama 3, the token as an object": (
        template("<s>"),
        TOKENS | PLAIN | {"bos_token": {"__type": "AddedToken", "content": "<s>", "special": True}},
    ),
    "a template with nothing in front": (template(""), TOKENS | PLAIN),
    "Qwen2": (BYTES, {"bos_token": None, "eos_token": "</s>"} | PLAIN | {"add_bos_token": False}),
    "no template": (None, TOKENS | PLAIN),
}


def main() -> None:
    golden = Path(sys.argv[1])
    tokenizer = json.loads((golden / "parity/llama2.json").read_text(encoding="utf-8"))
    rows = []
    for name, (processor, config) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            file = tokenizer | {"post_processor": processor}
            (Path(folder) / "tokenizer.json").write_text(json.dumps(file), encoding="utf-8")
            (Path(folder) / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
            loaded = AutoTokenizer.from_pretrained(folder)
            ids = loaded("円")["input_ids"]
            bare = loaded("円", add_special_tokens=False)["input_ids"]
            assert ids[len(ids) - len(bare) :] == bare, (name, ids, bare)
            front = ids[: len(ids) - len(bare)]
            rows.append(dict(name=name, post_processor=processor, config=config, front=front))
    text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    (golden / "bos.json").write_text(text, encoding="utf-8")


main()

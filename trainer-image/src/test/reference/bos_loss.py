"""Makes tiny models of the families that are trained with a BOS token in front of every document,
and the loss that transformers gives them with and without it: the golden values of BosTest.

    $(dev/python/venv.sh) trainer-image/src/test/reference/bos_loss.py

The tokenizer is libs/tokenizer's golden/parity/llama2.json, which is not copied.
"""

import json
import math
import pathlib
import shutil
import tempfile

import torch
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

LENGTH = 64
TEXTS = [
    "当連結会計年度における売上高は、前年同期比12.3％増の1,234億56百万円となりました。営業利益は増加しました。"
    "株主に対する利益還元を経営の重要な課題と考えております。",
    "第二条　この法律において銀行とは、内閣総理大臣の免許を受けて銀行業を営む者をいう。国際通貨基金は加盟国の為替政策を監視する。"
    "人口は約千二百万人である。",
    "有価証券報告書の提出日現在において、当社グループが判断したものであります。世界の国々は独立した国家であり、首都は東京である。"
    "面積は三十七万平方キロメートル。",
]
HERE = pathlib.Path(__file__).resolve().parents[1] / "resources/bos"
TOKENIZER = HERE.parents[4] / "libs/tokenizer/src/test/resources/golden/parity/llama2.json"
SETTINGS = dict(tokenizer_class="LlamaTokenizer", bos_token="<s>", eos_token="</s>", unk_token="<unk>")


def losses(model, documents):
    total, count = 0.0, 0
    for ids in documents:
        ids = torch.tensor([ids])
        with torch.no_grad():
            total += model(input_ids=ids, labels=ids).loss.item() * (ids.shape[1] - 1)
        count += ids.shape[1] - 1
    return total / count


def main():
    golden = dict(texts=TEXTS, length=LENGTH, families={})
    for seed, family in ((7, "llama"), (8, "mistral")):
        torch.manual_seed(seed)
        config = AutoConfig.for_model(
            family, vocab_size=1500, hidden_size=16, intermediate_size=24, num_hidden_layers=2,
            num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=LENGTH,
            initializer_range=0.4, tie_word_embeddings=True, bos_token_id=1, eos_token_id=2)
        model = AutoModelForCausalLM.from_config(config).eval()
        folder = HERE / family
        shutil.rmtree(folder, ignore_errors=True)
        model.save_pretrained(folder)
        (folder / "generation_config.json").unlink(missing_ok=True)
        (folder / "tokenizer_config.json").write_text(json.dumps(SETTINGS) + "\n")
        with tempfile.TemporaryDirectory() as whole:
            shutil.copytree(folder, whole, dirs_exist_ok=True)
            shutil.copy(TOKENIZER, pathlib.Path(whole) / "tokenizer.json")
            tokenizer = AutoTokenizer.from_pretrained(whole)
        row = {}
        for name, special in (("bos", True), ("bare", False)):
            documents = []
            for text in TEXTS:
                ids = tokenizer(text, add_special_tokens=special)["input_ids"][: LENGTH - 1]
                assert len(ids) == LENGTH - 1, len(ids)
                assert (ids[0] == 1) == special, ids[:3]
                documents.append(ids + [2])
            row[name] = dict(
                firstLoss=losses(model, documents[:1]),
                perplexity=math.exp(losses(model, documents[1:])))
        golden["families"][family] = row
    (HERE / "golden.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n")


main()

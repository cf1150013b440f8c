"""Makes two tiny random models and scores the golden requests with lm-evaluation-harness' own
Hugging Face backend: the golden values of ChoiceScorerTest, and the models of EvalMainTest.

    pip install -r requirements.txt && python likelihoods.py ../resources

256 positions are too few for some requests on purpose: they are cut from the left.
"""

import json
import pathlib
import sys

import torch
from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedTokenizerFast

EOS = "<|endoftext|>"
CONFIG = dict(
    vocab_size=2000,
    hidden_size=32,
    intermediate_size=48,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=256,
    initializer_range=0.3,
    tie_word_embeddings=True,
    rms_norm_eps=1e-6,
    bos_token_id=0,
    eos_token_id=0,
)
SEEDS = {"base": 1, "tuned": 2}


def make(folder: pathlib.Path, tokenizer, seed: int) -> None:
    torch.manual_seed(seed)
    config = AutoConfig.for_model("qwen2", **CONFIG)
    model = AutoModelForCausalLM.from_config(config).float()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    for name in ("generation_config.json", "special_tokens_map.json"):
        (folder / name).unlink(missing_ok=True)


def main(out: pathlib.Path) -> None:
    golden = json.loads((out / "golden/requests.json").read_text())
    file = str(out / "golden/bpe_tokenizer.json")
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=file, eos_token=EOS)
    scores = {}
    for name, seed in SEEDS.items():
        folder = out / "models" / name
        make(folder, tokenizer, seed)
        model = HFLM(pretrained=str(folder), device="cpu", dtype="float32", batch_size=1)
        instances = [
            Instance("loglikelihood", {}, (request["context"], choice), i)
            for request in golden
            for i, choice in enumerate(request["choices"])
        ]
        answers = iter(model.loglikelihood(instances))
        scores[name] = [[list(next(answers)) for _ in request["choices"]] for request in golden]
    (out / "models/likelihoods.json").write_text(json.dumps(scores) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

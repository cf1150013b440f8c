"""Computes the golden values of families/qwen, which model_families.py makes with Qwen2's layers,
with the authors' own (of the package modelscope), and says how far they are apart: 9.2e-7 in the
logits, 1.4e-7 in the gradients.

    pip download --no-deps modelscope==1.9.5 && unzip modelscope-1.9.5-*.whl -d modelscope
    pip install --target einops einops==0.8.1
    PYTHONPATH=einops $(dev/python/venv.sh) libs/llm/src/test/reference/first_qwen.py \\
        modelscope libs/llm/src/test/resources/families/qwen
"""

import importlib
import json
import logging
import pathlib
import sys
import types

import torch
from safetensors.torch import load_file

LAYERS = "modelscope.models.nlp.qwen"


def authors_layers(package: pathlib.Path):
    """Their modules without the framework around them, of which the layers use nothing."""

    def stub(name, **names):
        module = types.ModuleType(name)
        module.__dict__.update(names)
        module.__path__ = []
        sys.modules[name] = module

    def unchanged(*_, **__):
        return lambda layer: layer

    stub("modelscope", Model=object, TorchModel=type("TorchModel", (), {}))
    stub("modelscope.metainfo", Models=types.SimpleNamespace(qwen_7b=""))
    stub("modelscope.utils")
    stub("modelscope.utils.constant", Tasks=types.SimpleNamespace(backbone=""))
    stub("modelscope.utils.logger", get_logger=lambda: logging.getLogger("modelscope"))
    stub("modelscope.models", MODELS=types.SimpleNamespace(register_module=unchanged))
    stub("modelscope.models.nlp")
    stub(LAYERS)
    sys.modules[LAYERS].__path__ = [str(package / "modelscope/models/nlp/qwen")]
    generation = {name: object for name in (
        "HistoryType", "StopWordsLogitsProcessor", "decode_tokens", "get_stop_words_ids",
        "make_context")}
    stub(LAYERS + ".qwen_generation_utils", **generation)
    return importlib.import_module(LAYERS + ".backbone")


class FirstQwen(torch.nn.Module):
    """Embedding, their blocks, their norm, output layer."""

    def __init__(self, theirs, config):
        super().__init__()
        facts = types.SimpleNamespace(
            **config, params_dtype=torch.float32, use_flash_attn=False, bf16=False, fp16=False,
            attn_pdrop=0.0, ffn_hidden_size=config["intermediate_size"], scale_attn_weights=True,
            apply_residual_connection_post_layernorm=False)
        width, words = config["hidden_size"], config["vocab_size"]
        self.transformer = torch.nn.Module()
        self.transformer.wte = torch.nn.Embedding(words, width)
        self.transformer.h = torch.nn.ModuleList(
            theirs.QWenBlock(facts, layer) for layer in range(config["num_hidden_layers"]))
        self.transformer.ln_f = theirs.RMSNorm(width, eps=config["layer_norm_epsilon"])
        self.lm_head = torch.nn.Linear(width, words, bias=False)

    def forward(self, ids):
        hidden = self.transformer.wte(ids)
        for block in self.transformer.h:
            hidden = block(hidden)[0]
        return self.lm_head(self.transformer.ln_f(hidden))


def main(package: pathlib.Path, folder: pathlib.Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    facts = json.loads((folder / "golden.json").read_text())
    golden = load_file(folder / "golden.safetensors")
    model = FirstQwen(authors_layers(package), config)
    model.load_state_dict(load_file(folder / "model.safetensors"))
    ids = torch.tensor(facts["ids"])
    logits = model(ids)
    loss = torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), ids[:, 1:].flatten())
    loss.backward()
    print(f"logits: {(logits - golden['logits']).abs().max():.1e} apart, "
          f"loss {loss - facts['loss']:+.1e}")
    layer = "model.layers.0.self_attn."
    theirs = model.transformer.h[0].attn.c_attn.weight.grad
    ours = torch.cat([golden[f"grad.{layer}{which}_proj.weight"] for which in "qkv"])
    print(f"gradient of query, key and value of layer 0: {(theirs - ours).abs().max():.1e} apart, "
          f"largest {ours.abs().max():.1e}")
    for name, other in (("w2", "gate_proj"), ("w1", "up_proj"), ("c_proj", "down_proj")):
        theirs = getattr(model.transformer.h[1].mlp, name).weight.grad
        ours = golden[f"grad.model.layers.1.mlp.{other}.weight"]
        print(f"gradient of {name} of layer 1: {(theirs - ours).abs().max():.1e} apart, "
              f"largest {ours.abs().max():.1e}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))

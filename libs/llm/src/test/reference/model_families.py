"""Makes a tiny random model of each supported family, with the logits, the loss and the gradients
that transformers gives for it: the golden values of ModelFamiliesTest.

    $(dev/python/venv.sh) libs/llm/src/test/reference/model_families.py libs/llm/src/test/resources/families
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoConfig

SIZES = dict(
    vocab_size=48,
    hidden_size=16,
    intermediate_size=24,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=64,
    initializer_range=0.2,
    bos_token_id=1,
    eos_token_id=2,
)

FAMILIES = {
    "qwen2": dict(tie_word_embeddings=True, rope_theta=1000000.0, rms_norm_eps=1e-6),
    "qwen3": dict(tie_word_embeddings=False, head_dim=6, rope_theta=10000.0),
    "llama": dict(
        num_key_value_heads=4,
        attention_bias=True,
        mlp_bias=True,
        rope_theta=500000.0,
        rope_scaling=dict(
            rope_type="llama3",
            factor=8.0,
            low_freq_factor=1.0,
            high_freq_factor=4.0,
            original_max_position_embeddings=32,
        ),
    ),
    "llama-linear": dict(model_type="llama", rope_scaling=dict(rope_type="linear", factor=4.0)),
    "llama-dynamic": dict(
        model_type="llama", rope_scaling=dict(rope_type="dynamic", factor=2.0)
    ),
    "qwen2-yarn": dict(
        model_type="qwen2",
        tie_word_embeddings=True,
        head_dim=8,
        rope_theta=10000.0,
        rope_scaling=dict(
            rope_type="yarn", factor=4.0, original_max_position_embeddings=16, beta_fast=2.0
        ),
    ),
    "mistral": dict(num_key_value_heads=1, sliding_window=None),
    # Windows shorter than the 11 tokens; all layers, the last, the first.
    "mistral-window": dict(model_type="mistral", sliding_window=4),
    "qwen2-window": dict(
        model_type="qwen2", use_sliding_window=True, sliding_window=3, max_window_layers=1
    ),
    "qwen3-window": dict(
        model_type="qwen3",
        head_dim=6,
        use_sliding_window=True,
        sliding_window=5,
        layer_types=["sliding_attention", "full_attention"],
    ),
}

FIRST_QWEN_NAMES = {
    "model.embed_tokens": "transformer.wte",
    "model.norm": "transformer.ln_f",
    "self_attn.o_proj": "attn.c_proj",
    "mlp.gate_proj": "mlp.w2",
    "mlp.up_proj": "mlp.w1",
    "mlp.down_proj": "mlp.c_proj",
    "post_attention_layernorm": "ln_2",
    "input_layernorm": "ln_1",
    "model.layers": "transformer.h",
}


def first_qwen(out: pathlib.Path) -> None:
    """The first Qwen generation has no code in transformers (its own is remote code). It computes
    what Qwen2 does with as many key heads as query heads, so the golden values are Qwen2's and only
    the names, the fused query-key-value tensor and the configuration are made by hand, after
    modeling_qwen.py of Qwen/Qwen-14B; first_qwen.py holds them against the authors' own layers."""
    sizes = SIZES | dict(num_key_value_heads=4, rope_theta=10000.0, tie_word_embeddings=False)
    model, golden, facts = golden_values(AutoConfig.for_model("qwen2", **sizes))
    tensors = model.state_dict()
    renamed = {}
    for name, tensor in tensors.items():
        if "k_proj" in name or "v_proj" in name:
            continue
        if "q_proj" in name:
            rows = [tensors[name.replace("q_proj", which)] for which in ("q_proj", "k_proj", "v_proj")]
            tensor = torch.cat(rows)
            name = name.replace("self_attn.q_proj", "attn.c_attn")
        for old, new in FIRST_QWEN_NAMES.items():
            name = name.replace(old, new)
        renamed[name] = tensor.contiguous()
    config = dict(
        architectures=["QWenLMHeadModel"],
        auto_map={"AutoModelForCausalLM": "modeling_qwen.QWenLMHeadModel"},
        model_type="qwen",
        vocab_size=sizes["vocab_size"],
        hidden_size=sizes["hidden_size"],
        intermediate_size=2 * sizes["intermediate_size"],
        num_hidden_layers=sizes["num_hidden_layers"],
        num_attention_heads=sizes["num_attention_heads"],
        kv_channels=4,
        max_position_embeddings=128,
        seq_length=64,
        layer_norm_epsilon=1e-6,
        rotary_emb_base=10000,
        rotary_pct=1.0,
        no_bias=True,
        use_dynamic_ntk=True,
        use_logn_attn=True,
        tie_word_embeddings=False,
    )
    folder = out / "qwen"
    folder.mkdir(parents=True, exist_ok=True)
    save_file(renamed, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    save_golden(folder, golden, facts)


def golden_values(config):
    torch.manual_seed(20240416)
    config._attn_implementation = "eager"
    model = AutoModelForCausalLM.from_config(config).float()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:
                parameter.add_(0.3 * torch.randn_like(parameter))
    ids = torch.randint(3, SIZES["vocab_size"], (2, 11))
    result = model(input_ids=ids, labels=ids)
    result.loss.backward()
    golden = {"logits": result.logits.detach().contiguous()}
    for name, parameter in model.named_parameters():
        golden["grad." + name] = parameter.grad
    facts = dict(torch=torch.__version__.split("+")[0], loss=result.loss.item(), ids=ids.tolist())
    return model, golden, facts


def save_golden(folder: pathlib.Path, golden: dict, facts: dict) -> None:
    save_file(golden, folder / "golden.safetensors")
    (folder / "golden.json").write_text(json.dumps(facts) + "\n")


def main(out: pathlib.Path) -> None:
    for name, extra in FAMILIES.items():
        extra = dict(extra)
        config = AutoConfig.for_model(extra.pop("model_type", name), **SIZES | extra)
        model, golden, facts = golden_values(config)
        folder = out / name
        model.save_pretrained(folder)
        (folder / "generation_config.json").unlink(missing_ok=True)
        save_golden(folder, golden, facts)
    first_qwen(out)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

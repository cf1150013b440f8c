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
    "mistral": dict(num_key_value_heads=1, sliding_window=None),
}


def main(out: pathlib.Path) -> None:
    for name, extra in FAMILIES.items():
        torch.manual_seed(20240416)
        extra = dict(extra)
        config = AutoConfig.for_model(extra.pop("model_type", name), **SIZES | extra)
        config._attn_implementation = "eager"
        model = AutoModelForCausalLM.from_config(config).float()
        with torch.no_grad():
            for parameter in model.parameters():
                if parameter.dim() == 1:
                    parameter.add_(0.3 * torch.randn_like(parameter))
        folder = out / name
        model.save_pretrained(folder)
        (folder / "generation_config.json").unlink(missing_ok=True)

        ids = torch.randint(3, SIZES["vocab_size"], (2, 11))
        result = model(input_ids=ids, labels=ids)
        result.loss.backward()
        golden = {"logits": result.logits.detach().contiguous()}
        for parameter_name, parameter in model.named_parameters():
            golden["grad." + parameter_name] = parameter.grad
        save_file(golden, folder / "golden.safetensors")
        facts = dict(
            torch=torch.__version__.split("+")[0], loss=result.loss.item(), ids=ids.tolist()
        )
        (folder / "golden.json").write_text(json.dumps(facts) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))

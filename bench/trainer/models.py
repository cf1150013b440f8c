"""Makes the Qwen2 models of the benchmark: random weights, Hugging Face layout, fp32.

    python models.py SIZE FOLDER
"""

import json
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import Qwen2Config, Qwen2ForCausalLM

# Grouped-query attention in all. 30m has an output matrix of its own, the others share it with the
# embedding. tiny is for a quick look at whether all runs, wide for the memory of Qwen's vocabulary.
SIZES = {
    "tiny": dict(hidden_size=64, intermediate_size=176, num_hidden_layers=2,
                 num_attention_heads=4, num_key_value_heads=2, vocab_size=512,
                 tie_word_embeddings=True),
    "30m": dict(hidden_size=512, intermediate_size=1408, num_hidden_layers=8,
                num_attention_heads=8, num_key_value_heads=4, vocab_size=8192,
                tie_word_embeddings=False),
    "120m": dict(hidden_size=768, intermediate_size=2816, num_hidden_layers=12,
                 num_attention_heads=12, num_key_value_heads=4, vocab_size=32768,
                 tie_word_embeddings=True),
    "wide": dict(hidden_size=256, intermediate_size=704, num_hidden_layers=2,
                 num_attention_heads=4, num_key_value_heads=2, vocab_size=151936,
                 tie_word_embeddings=True),
}
END_OF_TEXT = "<|endoftext|>"


def make(size, folder):
    torch.manual_seed(20240405)
    config = Qwen2Config(**SIZES[size], max_position_embeddings=2048, rope_theta=10000.0,
                         bos_token_id=0, eos_token_id=0, torch_dtype="float32")
    model = Qwen2ForCausalLM(config)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            # Fresh biases are 0 and norms 1, which would hide a side that leaves them out.
            if parameter.ndim == 1:
                parameter.add_(torch.randn_like(parameter) * 0.02)
    model.save_pretrained(folder)
    vocabulary = {END_OF_TEXT: 0} | {f"t{i}": i for i in range(1, config.vocab_size)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token=END_OF_TEXT))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.add_special_tokens([END_OF_TEXT])
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(json.dumps(
        {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": END_OF_TEXT}))
    count = sum(p.numel() for p in model.parameters())
    print(f"{folder}: {count / 1e6:.1f} million parameters", file=sys.stderr)


if __name__ == "__main__":
    make(sys.argv[1], Path(sys.argv[2]))

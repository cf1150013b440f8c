"""Makes the quick start's tokenizer: a byte-level BPE of 8,000 tokens, learned from its own data.

The cleaned text comes from the corpus program, so that the tokenizer sees what the corpus holds.
The same text gives the same bytes. From the project's root:

  pip install tokenizers==0.23.3
  dev/run corpus extract file://$PWD/examples/quickstart/data/finance/ /tmp/finance.jsonl
  dev/run corpus extract file://$PWD/examples/quickstart/data/general/literature/ /tmp/literature.jsonl
  dev/run corpus extract --format mediawiki \
      file://$PWD/examples/quickstart/data/general/encyclopedia/ /tmp/encyclopedia.jsonl
  python3 examples/quickstart/tokenizer/make_tokenizer.py \
      examples/quickstart/tokenizer /tmp/finance.jsonl /tmp/literature.jsonl /tmp/encyclopedia.jsonl
"""

import json
import sys
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers
from tokenizers import pre_tokenizers, trainers

VOCABULARY = 8000
END_OF_TEXT = "<|endoftext|>"
MAX_LENGTH = 4096

# Qwen's pattern, with digits one by one: numbers are the content of financial text. Runs of kanji
# and of kana are words of their own, since Japanese has no spaces between words.
PATTERN = (
    r"[^\r\n\p{L}\p{N}]?[A-Za-z]+|\p{Han}+|\p{Hiragana}+|[\p{Katakana}ー]+|\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def texts(paths: list[Path]):
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def main() -> None:
    folder, *files = map(Path, sys.argv[1:])
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PATTERN), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        min_frequency=2,
        special_tokens=[AddedToken(END_OF_TEXT, special=True, normalized=False)],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        max_token_length=32,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts(files), trainer)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {
        "add_bos_token": False,
        "clean_up_tokenization_spaces": False,
        "eos_token": END_OF_TEXT,
        "model_max_length": MAX_LENGTH,
        "pad_token": END_OF_TEXT,
        "tokenizer_class": "PreTrainedTokenizerFast",
    }
    text = json.dumps(config, indent=2, sort_keys=True) + "\n"
    (folder / "tokenizer_config.json").write_text(text, encoding="utf-8")


main()

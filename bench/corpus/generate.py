"""Makes labelled documents out of real sentences. A label is what was done to the text, so nobody
has to judge it:

    clean     sentences of real text, put together anew
    junk      menus, lists of names, advertisements, symbols, repeated words, English spam
    mojibake  a clean text whose UTF-8 was read as another encoding
    exact     a copy that differs in width, spaces and punctuation only
    near      a copy with a line more, a sentence less, or letters changed; its numbers stay
    foreign   junk of kinds that nobody had in mind who wrote the rules: the menus of real pages (menus.txt:
              ppc.go.jp and meti.go.jp, PDL 1.0), and what the rules of C4, Gopher, FineWeb and Swallow are for
    twin      a notice of a template: of two, numbers or signs differ and nothing else
    leak      a clean text with a question of the benchmark in it, as it is or written otherwise

    python generate.py TEXTS.jsonl QUESTIONS.jsonl CHARACTERS DOCUMENTS OUTPUT.jsonl

Prints nothing; the same arguments give the same bytes. Every line has id, label, of (the document
that it is a copy, twin or leak of), kind (of foreign junk) and text."""

import json
import random
import re
import sys
import unicodedata
from pathlib import Path

SHARES = {"junk": 0.08, "foreign": 0.05, "mojibake": 0.03, "exact": 0.05, "near": 0.08, "twin": 0.08, "leak": 0.03}
WIDE = {c: chr(ord(c) + 0xFEE0) for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
NUMERAL = r"[0-9０-９〇一二三四五六七八九十百千万億兆]"
KATAKANA = [chr(c) for c in range(ord("ア"), ord("ロ"), 2)]
MENUS = ["ホーム", "会社情報", "採用情報", "お問い合わせ", "サイトマップ", "ログイン", "English", "個人情報保護方針", "RSS"]
ADVERTISEMENTS = ["期間限定！送料無料でお届け", "今すぐクリックして無料登録", "全品ポイント還元キャンペーン中", "激安！最安値に挑戦", "資料請求はこちらから", "お得なクーポンをプレゼント中"]
SPAM = ["Click here to win a free prize now!!!", "BUY CHEAP WATCHES ONLINE best price", "casino bonus 100% free spins"]


def sentences(path):
    seen = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            for part in re.split(r"(?<=。)|\n", json.loads(line)["text"]):
                part = part.strip()
                kana = sum(1 for c in part if "ぁ" <= c <= "ん")
                if 20 <= len(part) <= 200 and part.endswith("。") and kana >= len(part) * 0.2:
                    seen[part] = True
    return list(seen)


PLACES = ["東京", "大阪", "名古屋", "福岡", "札幌", "仙台", "広島", "横浜"]
GOODS = ["不動産", "売却", "査定", "比較", "おすすめ", "ランキング", "口コミ", "評判", "安い", "人気", "無料"]
FOREIGN = ["realMenus", "keywords", "cutOff", "bullets", "code", "consent", "numbers", "chinese", "calendar"]
CONSENT = [
    "当サイトでは、利便性の向上を目的としてクッキーを使用しています",
    "続行すると、クッキーの使用に同意したものとみなします",
    "JavaScriptを有効にしてください",
    "お使いのブラウザはサポートされていません",
    "同意する",
    "拒否する",
    "設定を変更",
]
CHINESE = "公司董事会及全体董事保证本公告内容不存在任何虚假记载误导性陈述或者重大遗漏并对其内容的真实性准确性和完整性承担个别及连带责任"


class Generator:
    def __init__(self, pool, questions, characters):
        self.menus = (Path(__file__).parent / "menus.txt").read_text(encoding="utf-8").splitlines()
        self.random = random.Random(7)
        self.pool = pool
        self.questions = questions
        self.characters = characters

    def clean(self):
        text, left = [], self.characters * self.random.uniform(0.7, 1.3)
        while left > 0:
            sentence = self.random.choice(self.pool)
            text.append(sentence + ("\n" if self.random.random() < 0.3 else ""))
            left -= len(sentence)
        return "".join(text).strip()

    def junk(self):
        kind = self.random.randrange(6)
        if kind == 4:
            # Names of things, of which no line comes twice.
            words = {"".join(self.random.choice(KATAKANA) for _ in range(self.random.randrange(3, 8))) for _ in range(self.characters // 6)}
            return "\n".join(sorted(words))
        if kind == 5:
            return "\n".join(self.random.choice(ADVERTISEMENTS + MENUS) for _ in range(self.characters // 9))
        if kind == 0:
            return "\n".join(self.random.choice(MENUS) for _ in range(self.characters // 6))
        if kind == 1:
            return "".join(self.random.choice("★☆■□◆◇※…→■▼") for _ in range(self.characters))
        if kind == 2:
            return self.random.choice(MENUS) * (self.characters // 4)
        return " ".join(self.random.choice(SPAM) for _ in range(self.characters // 35 + 1))

    def lines(self, line):
        """Lines of one kind until the text is long enough."""
        made, left = [], self.characters
        while left > 0:
            made.append(line())
            left -= len(made[-1]) + 1
        return "\n".join(made)

    def foreign(self, kind):
        choice, number = self.random.choice, self.random.randrange
        if kind == "realMenus":
            # As they stand on the pages, from anywhere on.
            begin = number(len(self.menus))
            menus = iter(self.menus[begin:] + self.menus * (1 + self.characters // 500))
            return self.lines(lambda: next(menus))
        if kind == "keywords":
            return self.lines(lambda: " ".join(choice(PLACES) + choice(GOODS) for _ in range(12)))
        if kind == "cutOff":
            return self.lines(lambda: choice(self.pool)[: number(15, 40)] + "…")
        if kind == "bullets":
            return self.lines(lambda: "・" + choice(self.pool)[: number(6, 14)])
        if kind == "code":
            return self.lines(lambda: "var a%d = {name: '%s', value: %d};" % (number(99), choice(GOODS), number(999)))
        if kind == "consent":
            return self.lines(lambda: choice(CONSENT))
        if kind == "numbers":
            return self.lines(lambda: "%03d-%04d %d" % (number(999), number(9999), number(10**6)))
        if kind == "chinese":
            return self.lines(lambda: "".join(choice(CHINESE) for _ in range(30)) + "。")
        return self.lines(lambda: "%d月%d日(%s)" % (number(1, 13), number(1, 29), choice("月火水木金土日")))

    def mojibake(self, text):
        encoding = self.random.choice(["cp932", "latin-1"])
        return text.encode("utf-8").decode(encoding, errors="replace")

    def exact(self, text):
        kind = self.random.randrange(3)
        if kind == 0:
            return "".join(WIDE.get(c, c) for c in text)
        if kind == 1:
            return text.replace("。", "。 ").replace("、", "、 ")
        # Beside a number such a mark says which number it is.
        return re.sub(f"(?<!{NUMERAL})[。、](?!{NUMERAL})", lambda m: "．，"["。、".index(m[0])], text)

    def near(self, text):
        kind = self.random.randrange(4)
        if kind == 0:
            return "この記事は広報部が配信しています。\n" + text
        if kind == 1:
            return text + "\n転載を禁じます。ご意見はお客様窓口まで。"
        if kind == 2:
            parts = text.split("。")
            if len(parts) > 6:
                del parts[self.random.randrange(1, len(parts) - 2)]
                return "。".join(parts)
        kana = [i for i, c in enumerate(text) if "ぁ" <= c <= "ん"]
        letters = list(text)
        for i in self.random.sample(kana, max(1, len(text) // 100)):
            letters[i] = self.random.choice("あいうえおかきくけこ")
        return "".join(letters)

    def twins(self):
        """A notice and its twin of the next day."""
        amount, change = self.random.randrange(1000, 99999), self.random.randrange(1, 500)
        body = self.clean()
        notice = (
            "自己株式の取得状況に関するお知らせ\n取得した株式の総数 {:,}株、取得価額の総額 {:,}千円、前日比 {}{}円。\n"
        )
        first = notice.format(amount, amount * 3, "△", change) + body
        if self.random.random() < 0.5:
            return first, notice.format(amount, amount * 3, "", change) + body
        return first, notice.format(amount + 10, amount * 3 + 7, "△", change) + body

    def leak(self, text):
        question = self.random.choice(self.questions)["text"].replace("\n", "")
        kind = self.random.randrange(4)
        if kind == 1:
            question = "".join(WIDE.get(c, c) for c in question)
        elif kind == 2:
            question = question.replace("、", "、 ").replace("。", "。\n")
        elif kind == 3:
            question = "".join(
                "〇一二三四五六七八九"[unicodedata.digit(c)] if c.isdigit() else c for c in question
            )
        middle = text.find("。") + 1
        return text[:middle] + "\n" + question + "\n" + text[middle:]

    def documents(self, count):
        made = []

        def add(label, text, of=None, kind=None):
            made.append({"id": f"d{len(made)}", "label": label, "of": of, "kind": kind, "text": text})
            return made[-1]["id"]

        wanted = {label: int(share * count) for label, share in SHARES.items()}
        for _ in range(count - sum(wanted.values()) - wanted["twin"]):
            add("clean", self.clean())
        originals = list(made)
        for label in ("exact", "near"):
            for base in self.random.sample(originals, wanted[label]):
                add(label, getattr(self, label)(base["text"]), base["id"])
        for _ in range(wanted["twin"]):
            first, second = self.twins()
            add("twin", second, add("twin", first))
        for _ in range(wanted["junk"]):
            add("junk", self.junk())
        for i in range(wanted["foreign"]):
            kind = FOREIGN[i % len(FOREIGN)]
            add("foreign", self.foreign(kind), kind=kind)
        for _ in range(wanted["mojibake"]):
            add("mojibake", self.mojibake(self.clean()))
        for _ in range(wanted["leak"]):
            add("leak", self.leak(self.clean()))
        self.random.shuffle(made)
        return made


def main(texts, questions, characters, count, output):
    with open(questions, encoding="utf-8") as lines:
        asked = [item for item in map(json.loads, lines) if len(item["text"]) >= 30]
    generator = Generator(sentences(texts), asked, int(characters))
    with open(output, "w", encoding="utf-8") as out:
        for document in generator.documents(int(count)):
            out.write(json.dumps(document, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

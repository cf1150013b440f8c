"""Makes the golden ids of QuickstartTokenizerTest with the reference library. In corpus-image/:

  pip install tokenizers==0.23.3
  python3 src/test/python/make_quickstart_ids.py > src/test/resources/golden/quickstart-ids.json
"""

import json

from tokenizers import Tokenizer

TEXTS = [
    "当連結会計年度における売上高は、前年同期比12.3％増の1,234億56百万円となりました。",
    "第一条 この法律において「金融機関」とは、銀行、株式会社商工組合中央金庫をいう。\n2 前項の規定は、\n\n一 元本の額",
    "科目\t前連結会計年度\t当連結会計年度\n現金及び預金\t1,194,569\t△12,345\n㈱髙島屋①②",
    "また ROE is 8.5% (FY2024), it's  double  spaced.  ",
    "吾輩は猫である。ヴァイオリン、ゔ、々、〆、〇、ー、𠮷野家😀",
    "文書<|endoftext|>の中の名前",
]

tokenizer = Tokenizer.from_file("../examples/quickstart/tokenizer/tokenizer.json")
tokenizer.encode_special_tokens = True
ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]
print(json.dumps({"texts": TEXTS, "ids": ids}, ensure_ascii=False, indent=1))

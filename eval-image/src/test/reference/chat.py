"""Renders chat templates as transformers does: the golden values of ChatTemplateTest.

    pip install -r requirements.txt && python chat.py ../resources/chat ../resources/golden/chat.json

The templates are those that the families' models carry in tokenizer_config.json.
"""

import json
import pathlib
import sys

from transformers.utils.chat_template_utils import _compile_jinja_template

USER = {"role": "user", "content": "  売上高はいくらですか。{{x}} {% if %}\n"}
SYSTEM = {"role": "system", "content": " あなたは金融の専門家です。\n"}
ANSWER = {"role": "assistant", "content": "<think>\n計算する。\n</think>\n\n1,030億円です。"}
SHORT = {"role": "assistant", "content": "896百万円"}
MORE = {"role": "user", "content": "営業利益は？'\"<b>"}
CHATS = {
    "one": [USER],
    "system": [SYSTEM, USER],
    "turns": [USER, SHORT, MORE],
    "thinking": [SYSTEM, USER, ANSWER, MORE],
    "answered": [USER, ANSWER],
    "orphan": [SHORT, USER],
    "twice": [USER, MORE],
    "long": [SYSTEM] + [USER, SHORT] * 8 + [MORE],
}
TOKENS = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>"}


def rendered(text, messages, **settings):
    try:
        return _compile_jinja_template(text).render(
            messages=messages, tools=None, documents=None, **settings, **TOKENS
        )
    except Exception:
        return None


def main(folder, out):
    golden = []
    for file in sorted(pathlib.Path(folder).glob("*.jinja")):
        text = file.read_text(encoding="utf-8")
        for name, messages in CHATS.items():
            for settings in (
                {"add_generation_prompt": True},
                {"add_generation_prompt": False},
                {"add_generation_prompt": True, "enable_thinking": False},
            ):
                # A day that does not change.
                settings = {**settings, "date_string": "26 Jul 2024"}
                golden.append(
                    {
                        "template": file.name,
                        "chat": name,
                        "settings": settings,
                        "rendered": rendered(text, messages, **settings),
                    }
                )
    with open(out, "w", encoding="utf-8") as target:
        json.dump({"chats": CHATS, "tokens": TOKENS, "golden": golden}, target, ensure_ascii=False, indent=1)
        target.write("\n")


main(*sys.argv[1:])

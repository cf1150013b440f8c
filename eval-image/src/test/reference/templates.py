"""Renders templates as lm-evaluation-harness does: the golden values of JinjaTemplateTest.

    pip install -r requirements.txt && python templates.py ../resources/golden/templates.json
"""

import json
import sys

from lm_eval.utils import apply_template

ROW = {
    "q": "  問い {{x}} {% if %}\u3000 ",
    "choices": ["A", "B'x\"", "円\n", "😀"],
    "label": 2,
    "half": 0.5,
    "yes": True,
    "no": False,
    "nothing": None,
    "words": "売上高,営業利益,純利益",
    "nested": {"text": ["a", "b"], "k": 3, "rows": [["売上高", "1,030"], ["原価", "896"]]},
}
TEMPLATES = [
    "{{q}}\n",
    "{{q.strip()}}|{{q|trim}}|{{q.lstrip()}}|{{q.rstrip()}}|",
    "{{words.split(',')}} {{choices|length}} {{nested.rows}}",
    "{{choices[label]}} {{nested.text[1]}} {{nested['k']}} {{choices[-1]}}",
    "{% for c in choices %}{{loop.index0}}.{{c}}{% if not loop.last %},{% endif %}{% endfor %}",
    "{{['A','B','C','D','E'][:choices|length]}}",
    "{% for c in choices %}{{'ABCDE'[loop.index0]}}: {{c}}\n{% endfor %}x",
    "- {{choices|join('\n- ')}}",
    "{{half}} {{yes}} {{no}} {{label}} {{nothing}} {{label + 1}} {{label * 2}} {{7 // 2}} {{7 % 3}}",
    "{% if nothing %}y{% else %}n{% endif %}{% if yes %}y{% endif %}{% if no %}y{% else %}n{% endif %}",
    "a{%- if yes -%} x {%- endif %}\n b",
    "{% if yes %}\nx\n{% endif %}\ny",
    "{% if label == 2 %}two{% elif label > 2 %}more{% else %}less{% endif %}",
    "{{words.split(',')[1]}} {{words.replace(',', '、')}} {{words.split(',')|join('.')}}",
    "{% set z = words.split(',') %}{{z[0]}}{# note #}",
    "{{', '.join(choices[:2])}} {{q ~ label}} {{words[:3]}} {{words|length}}",
    "{% for k, v in nested.items() %}{{k}};{% endfor %}{{nested.get('k')}}{{nested.get('l', 9)}}",
    "{% for row in nested.rows %}{% for cell in row %}{{cell}} | {% endfor %}\n{% endfor %}",
    "{{'x' if label == 2 else 'y'}} {{words.startswith('売')}} {{words.find('営')}} {{'a'.upper()}}",
    "{% if not words.startswith('売') or yes and not nothing %}a{% else %}b{% endif %}",
    "{{ nothing or 'no' }}{{ 'in' if '売' in words else 'out' }}{{ 'a' if nothing is none else 'b' }}{{ 'a' if yes is not none else 'b' }}",
    "{% raw %}{{x}}{% endraw %}",
    "{{ words | replace(',', ' ') | upper }}{{ choices | first }}{{ choices[:2] | last }}",
    "plain",
    "{{missing}}",
    "{{nested.missing}}",
    "{{choices[9]}}",
    "{% for c in choices %}",
]


def main(out: str) -> None:
    golden = []
    for template in TEMPLATES:
        try:
            rendered = apply_template(template, ROW)
        except Exception:  # noqa: BLE001: what is refused, not why
            rendered = None
        golden.append({"template": template, "rendered": rendered})
    with open(out, "w", encoding="utf-8") as file:
        json.dump({"row": ROW, "templates": golden}, file, ensure_ascii=False, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])

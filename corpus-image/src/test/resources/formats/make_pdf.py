# Pages of a law (Copyright Act of Japan, article 13) as browsers print them: two-columns.pdf, vertical.pdf.
# python3 make_pdf.py FOLDER; needs chromium and Noto CJK (SIL Open Font License), of which the files hold the glyphs used.
import pathlib, re, subprocess, sys, tempfile

here = pathlib.Path(__file__).parent
law = (here / "../real/law-2026.md").read_text(encoding="utf8")
text = re.sub(r"<[^>]+>|\*\*|\]\([^)]*\)|\[", "", law)
lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("|")]
title, body = lines[0].lstrip("# "), lines[2:14]
ruby = lambda s: s.replace("金利", "<ruby>金利<rt>きんり</rt></ruby>", 1).replace("媒介", "<ruby>媒介<rt>ばいかい</rt></ruby>", 1)
paragraphs = "".join(f"<p>{ruby(line)}</p>" for line in body)
rows = [("科目", "注記", "前期", "当期"), ("現金及び預金", "", "1,234", "△5,678"), ("貸出金", "※1", "90,123", "91,456"),
        ("有価証券", "", "", "12.5"), ("合計", "", "91,357", "85,790.5")]
table = "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</table>"
base = "font-family:'Noto Sans CJK JP';font-size:9pt;line-height:1.7;text-align:justify;margin:0"
across = f"""<meta charset=utf8><style>@page{{size:A4;margin:24mm 18mm;@top-left{{content:'金融法令集';font-size:8pt}}
@top-right{{content:'2026年版';font-size:8pt}}@bottom-center{{content:'- ' counter(page) ' -';font-size:8pt}}}}
body{{{base}}}h1{{font-size:15pt;text-align:center;margin:0 0 6mm}}div{{column-count:2;column-gap:8mm;margin-bottom:6mm}}p{{margin:0;text-indent:1em}}
table{{width:100%}}td+td{{text-align:right}}</style><h1>{title}</h1><div>{paragraphs}</div>{table}<div>{paragraphs}</div>"""
down = f"""<meta charset=utf8><style>@page{{size:A5;margin:18mm 14mm;@top-left{{content:'金融法令集 2026年版';font-size:8pt;writing-mode:horizontal-tb}}
@bottom-center{{content:counter(page);font-size:8pt;writing-mode:horizontal-tb}}}}html{{writing-mode:vertical-rl}}body{{{base.replace('Sans', 'Serif')}}}h1{{font-size:14pt;margin:0 0 0 4mm}}
p{{margin:0;text-indent:1em}}span{{text-combine-upright:all}}</style><h1>{title}</h1>{paragraphs}<p>平成<span>12</span>年３月に改めた。</p>"""
for name, html in (("two-columns", across), ("vertical", down)):
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder, name + ".html")
        page.write_text(html, encoding="utf8")
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer",
                        f"--print-to-pdf={pathlib.Path(sys.argv[1]).absolute() / (name + '.pdf')}", page.as_uri()], check=True, capture_output=True)

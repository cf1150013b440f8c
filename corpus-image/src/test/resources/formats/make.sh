#!/usr/bin/env bash
# Makes the files of this folder by each format's own tools, once; what the tests read is committed.
# Needs tar, gzip, bzip2, xz, zstd, zip and Python 3 with the packages of make.py.
#   make.sh
set -euo pipefail
cd "$(dirname "$0")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=$PWD
cd "$work"

printf '{"text":"株価は上昇した。"}\n{"text":"円は下落した。"}\n' >a.jsonl
printf '{"text":"金利は据え置かれた。"}\n' >b.jsonl
# Several members in a row, as crawls and parallel compressors write them.
for tool in gzip:gz bzip2:bz2 xz:xz zstd:zst; do
  for part in a b; do "${tool%%:*}" -qc <$part.jsonl; done >"$out/members.jsonl.${tool#*:}"
done

mkdir -p filings/2025 filings/.git
printf '営業利益は増加した。\n' >filings/2025/決算.txt
printf 'ref' >filings/.git/HEAD
printf '配当は据え置いた。\n' >filings/配当.txt
gzip -kq filings/配当.txt
tar cf "$out/filings.tar" --sort=name --owner=0 --group=0 --mtime=@0 filings
zstd -qc "$out/filings.tar" >"$out/filings.tar.zst"
tar czf filings.tgz --sort=name --owner=0 --group=0 --mtime=@0 filings
zip -qr inner.zip filings/2025
zip -q "$out/nested.zip" inner.zip filings.tgz a.jsonl
zip -qP geheim "$out/encrypted.zip" a.jsonl

# Tables, web archives and dumps: Python 3 with pyarrow and warcio.
python3 "$out/make.py" "$out"
bzip2 -kf "$out/jawiki.xml"

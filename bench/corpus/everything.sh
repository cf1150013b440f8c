#!/usr/bin/env bash
# A corpus of all of a folder's real text, each source with its recipe, and the table of what went in and out.
#   everything.sh DATA [OUTPUT]    DATA has laws/, gov/, edinet/, wikipedia/ and general/ as docs/corpus-by-eye.md says
set -euo pipefail

root="$(cd "$(dirname "$0")/../.." && pwd)"
data="$(realpath "$1")"
readonly work="${2:-${KEIZOKU_CACHE:-$HOME/.cache/keizoku}/bench/corpus-everything}"
mkdir -p "$work"
output="$(realpath "$work")"
quickstart="$root/examples/quickstart"
readonly root data output quickstart

# source NAME PATH RECIPE LICENCE [MORE]
source_() {
  echo "- {name: $1, uri: \"file://$2\", recipe: $3, licence: \"$4\"${5:+, $5}}"
}

readonly LAW="Copyright Act of Japan, article 13"
{
  echo "name: everything"
  echo "output: file://$output"
  echo "sources:"
  source_ laws-2026 "$data/laws/finance-2026-markdown-utf8.zip" law "$LAW; CC0-1.0"
  source_ laws-2025 "$data/laws/finance-2025-html-utf8.zip" law "$LAW; PDL-1.0"
  source_ laws-2025-core "$data/laws/core-2025-html-utf8/" law "$LAW; PDL-1.0"
  source_ laws-xml "$data/laws/egov-xml/" law "$LAW"
  source_ laws-2013 "$data/laws/finance-2013-html-sjis.zip" law "$LAW"
  source_ laws-2013-core "$data/laws/core-2013-html-sjis/" law "$LAW"
  source_ laws-2013-alike "$data/laws/neardup-2013-html-sjis.zip" law "$LAW"
  source_ laws-2013-other "$data/laws/other-2013-html-sjis.zip" law "$LAW"
  source_ guidelines "$data/gov/html/" web PDL-1.0
  source_ reports "$data/gov/pdf/" report PDL-1.0
  source_ filings "$data/edinet/" disclosure PDL-1.0 "format: edinet"
  source_ articles "$data/wikipedia/jawiki-country.json.gz" wikipedia CC-BY-SA-3.0 "format: mediawiki"
  source_ sentences "$data/wikipedia/ner-wikipedia.zip" wikipedia CC-BY-SA-3.0 "rules: {minCharacters: 20}"
  source_ literature "$data/general/aozora-sjis.zip" literature "public domain"
  source_ kojiki "$data/general/kojiki-encodings/" literature "public domain"
  source_ treebank "$data/general/ud-japanese-gsd.zip" news CC-BY-SA-4.0
  # Parts of the same: all of it must go as duplicates.
  source_ quickstart-laws "$quickstart/data/finance/laws/" law "$LAW" "format: html"
  source_ quickstart-filings "$quickstart/data/finance/filings/" disclosure PDL-1.0 "format: edinet"
  source_ quickstart-literature "$quickstart/data/general/literature/" literature "public domain" "format: text"
  source_ quickstart-articles "$quickstart/data/general/encyclopedia/" wikipedia CC-BY-SA-3.0 "format: mediawiki"
  source_ quickstart-sentences "$quickstart/data/general/sentences/" wikipedia CC-BY-SA-4.0 "format: conllu"
  cat <<YAML
deduplication: {near: true}
decontaminate:
  benchmarks: [{name: chabsa}, {name: cma_basics}, {name: cpa_audit}, {name: fp2}, {name: security_sales_1}]
  onHit: Cut
tokenizer: file://$quickstart/tokenizer/
heldOut: {fraction: 0.02}
YAML
} >"$output/run.yaml"
"$root/dev/run" corpus "$output/run.yaml" --port 0
newest="$(find "$output/versions" -name manifest.json -printf '%T@ %p\n' | sort -n | tail -1 | cut -d' ' -f2-)"
python3 "$(dirname "$0")/table.py" "$newest"

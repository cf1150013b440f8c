#!/usr/bin/env bash
# What another limit costs: a first build, one with another limit that judges what the first one kept, and the same from
# nothing; seconds of processor time (user and system) and wall clock of each, and whether the last two are equal.
#   again.sh [FOLDER [FORMAT]]    documents to build of (the quick start's filings, edinet)
set -euo pipefail

root="$(cd "$(dirname "$0")/../.." && pwd)"
readonly folder="$(realpath "${1:-$root/examples/quickstart/data/finance/filings}")" format="${2:-edinet}"
readonly CACHE="${KEIZOKU_CACHE:-$HOME/.cache/keizoku}/bench/corpus-again"
source "$(dirname "$0")/../alone.sh"
readonly work="$CACHE/work"
rm -rf "$work"
mkdir -p "$work"

# build NAME OUT MIN_CHARACTERS
build() {
  local TIMEFORMAT="$1: %R s, processor %U + %S s"
  cat >"$work/$1.yaml" <<YAML
name: bench
output: file://$work/$2
sources: [{name: documents, uri: file://$folder/, format: $format, recipe: disclosure, rules: {minCharacters: $3}, licence: mixed, maxRejectShare: 1}]
tokenizer: file://$root/examples/quickstart/tokenizer/
YAML
  time "$root/dev/run" corpus "$work/$1.yaml" >"$work/$1.log" 2>&1
}

"$root/dev/run" corpus --help >/dev/null # compiled before the clock runs
build first out 50
build again out 200
build fresh fresh 200
for version in "$work"/fresh/versions/*; do
  diff -r "$version" "$work/out/versions/$(basename "$version")"
  echo "again and fresh are equal, byte for byte"
done
du -sh "$folder" "$work/out/kept" | sed "s|$work/||"

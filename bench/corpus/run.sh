#!/usr/bin/env bash
# The corpus program on labelled documents: what it finds, and its time beside datatrove's.
#   run.sh [ROUNDS [DOCUMENTS]]    rounds of each side, alternating (3); documents of about 1,200 characters (3000)
set -euo pipefail

root="$(cd "$(dirname "$0")/../.." && pwd)"
here="$root/bench/corpus"
readonly rounds="${1:-3}" documents="${2:-3000}"
readonly CACHE="${KEIZOKU_CACHE:-$HOME/.cache/keizoku}/bench/corpus"
readonly work="$CACHE/work"
source "$here/../alone.sh"

venv="$CACHE/venv-$(sha256sum "$here/requirements.txt" | cut -c1-12)"
if [[ ! -f "$venv/.complete" ]]; then
  rm -rf "$venv"
  python3.11 -m venv "$venv"
  "$venv/bin/python" -m pip --disable-pip-version-check --quiet install -r "$here/requirements.txt"
  touch "$venv/.complete"
fi
readonly python="$venv/bin/python"

readonly data="$root/examples/quickstart/data"
readonly tokenizer="$root/examples/quickstart/tokenizer"

# Real text: everything of the quick start, and the benchmark's questions to plant.
texts() {
  : >"$work/texts.jsonl"
  for source in finance/laws:html finance/filings:edinet general/literature:text general/encyclopedia:mediawiki; do
    "$root/dev/run" corpus extract "file://$data/${source%%:*}/" "$work/part.jsonl" --format "${source##*:}" >/dev/null 2>&1
    cat "$work/part.jsonl" >>"$work/texts.jsonl"
  done
  "$JAVA_HOME/bin/java" -cp "$root/corpus-image/target/classes:$(<"$root/corpus-image/target/run.classpath")" \
    "$here/Questions.java" "$work/questions.jsonl"
}

# One core: the Java machine sizes its threads, and the program its workers, by what it may run on.
ours() {
  local name="$1"
  rm -rf "$work/out-$name"
  cat >"$work/$name.yaml" <<YAML
name: bench
output: file://$work/out-$name
sources: [{name: documents, uri: file://$work/$name/documents.jsonl, format: jsonl, recipe: web, rules: {minCharacters: 20}, licence: mixed}]
deduplication: {near: true}
decontaminate:
  benchmarks: [{name: chabsa}, {name: cma_basics}, {name: cpa_audit}, {name: fp2}, {name: security_sales_1}]
  onHit: Report
tokenizer: file://$tokenizer/
YAML
  taskset -c 0 "$root/dev/run" corpus "$work/$name.yaml" >"$work/$name.log" 2>&1
}

# Seconds of processor time (user) of a command and all that it starts.
seconds_of() {
  local TIMEFORMAT=%U
  { time "$@"; } 2>&1
}

peer() {
  rm -rf "$work/peer"
  RAYON_NUM_THREADS=1 OMP_NUM_THREADS=1 taskset -c 1 "$python" "$here/peer.py" "$work/long/documents.jsonl" \
    "$tokenizer/tokenizer.json" "$work/peer" >"$work/peer.json" 2>"$work/peer.log"
}

JAVA_HOME="$("$root/dev/make/jdk.sh")"
export JAVA_HOME
"$root/dev/run" corpus --help >/dev/null # compiles what has changed
rm -rf "$work"
mkdir -p "$work/long" "$work/short"
texts
"$python" "$here/generate.py" "$work/texts.jsonl" "$work/questions.jsonl" 1200 "$documents" "$work/long/documents.jsonl"
"$python" "$here/generate.py" "$work/texts.jsonl" "$work/questions.jsonl" 175 $((2 * documents)) "$work/short/documents.jsonl"
for length in long short; do
  ours "$length"
  echo "documents of about $([[ $length == long ]] && echo 1,200 || echo 175) characters"
  "$python" "$here/quality.py" "$work/$length/documents.jsonl" "$work/out-$length"/versions/*
done
for ((round = 1; round <= rounds; round++)); do
  mine=$(seconds_of ours long)
  theirs=$(seconds_of peer)
  awk -v n="$documents" -v a="$mine" -v b="$theirs" -v r="$round" \
    'BEGIN {printf "round %d: %.1f s, %.0f documents/s; datatrove %.1f s, %.1f documents/s; ratio %.1f\n", r, a, n / a, b, n / b, b / a}'
done
((rounds == 0)) || "$python" -c 'import json, sys
for stage, seconds in json.load(open(sys.argv[1]))["seconds"].items():
    print(f"  datatrove {stage:40} {seconds:8.2f} s")' "$work/peer.json"

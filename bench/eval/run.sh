#!/usr/bin/env bash
# The evaluator beside lm-evaluation-harness' Hugging Face backend: the five tasks of the benchmark, a Qwen2 of 30 and one
# of 100 million parameters with Qwen's vocabulary, on processors. See README.md.
#   run.sh [ROUNDS [LIMIT]]     seconds, ROUNDS of each side alternating (3); LIMIT questions a task (all)
#   run.sh --parity [LIMIT]     log-likelihoods and scores of both, in float32 and in bfloat16
# KEIZOKU_BENCH_MODELS (30m 100m) chooses models, KEIZOKU_BENCH_BATCHES (1 4 16 64) the batch sizes that the other side
# may choose from.
set -euo pipefail

root="$(cd "$(dirname "$0")/../.." && pwd)"
here="$root/bench/eval"
parity=
if [[ "${1:-}" == --parity ]]; then
  parity=1
  shift
  rounds=1 limit="${1:-}"
else
  rounds="${1:-3}" limit="${2:-}"
fi
read -r -a models <<<"${KEIZOKU_BENCH_MODELS:-30m 100m}"
read -r -a batches <<<"${KEIZOKU_BENCH_BATCHES:-1 4 16 64}"
readonly CACHE="${KEIZOKU_CACHE:-$HOME/.cache/keizoku}/bench/eval"
readonly work="$CACHE/work"
source "$here/../alone.sh"
python="$("$here/venv.sh" | tail -n 1)"
export HF_HUB_OFFLINE=1 HF_DATASETS_OFFLINE=1 TOKENIZERS_PARALLELISM=false
export HF_HOME="$work/hf"

rm -rf "$work"
mkdir -p "$work"
"$root/dev/run" eval tasks --export "$work/tasks" >/dev/null

# The candidate is the base model itself, which is known by its content and so scored once.
ours() {
  local model="$1" dtype="$2" out="$3"
  rm -rf "$out"
  {
    echo "output: file://$out"
    echo "base: {name: base, uri: file://$work/$model}"
    echo "candidates: [{name: again, uri: file://$work/$model}]"
    echo "dtype: $dtype"
    echo "devices: 0"
    echo "bootstrap: {resamples: 100}"
    echo "tasks:"
    for task in chabsa cma_basics cpa_audit fp2 security_sales_1; do
      echo "- {name: $task${limit:+, limit: $limit}}"
    done
  } >"$work/ours.yaml"
  "$root/dev/run" eval "$work/ours.yaml" >"$work/ours.log" 2>&1
}

theirs() {
  local model="$1" batch="$2" out="$3"
  shift 3
  "$python" "$here/peer.py" "$work/tasks" "$work/$model" "$batch" "$out" ${limit:+--limit "$limit"} "$@" \
    >"$work/theirs.log" 2>&1
}

seconds_of() {
  "$python" -c 'import json, sys
kept = json.load(open(sys.argv[1]))
print(kept.get("seconds", kept.get("total_evaluation_time_seconds")))' "$1"
}

# By a part of the questions, since the sizes only have to be told apart.
best_batch() {
  local model="$1" batch best=0 fastest=
  for batch in "${batches[@]}"; do
    if ! (limit="${limit:-20}" && theirs "$model" "$batch" "$work/try.json"); then
      echo "  lm-eval, batch size $batch: it ends before its result, as for want of memory ($work/theirs.log)" >&2
      continue
    fi
    local took
    took=$(seconds_of "$work/try.json")
    echo "  lm-eval, batch size $batch: $took s on a part" >&2
    if [[ -z "$fastest" ]] || awk "BEGIN {exit !($took < $fastest)}"; then
      fastest=$took best=$batch
    fi
  done
  ((best > 0)) || { echo "lm-eval ended before its result at every batch size" >&2 && return 1; }
  echo "$best"
}

same() {
  local model="$1" dtype="$2" tolerance="$3"
  echo "$model, $dtype"
  ours "$model" "$dtype" "$work/out"
  theirs "$model" 4 "$work/theirs.json" --dtype "$dtype" --samples
  "$python" "$here/same_scores.py" "$work/theirs.json" "$work/out" base "$tolerance"
  # Its own tools open what we leave.
  "$python" -P "$root/eval-image/src/test/reference/viewers.py" open "$work/out/lm-eval"
}

for model in "${models[@]}"; do
  "$python" "$here/models.py" "$model" "$work/$model"
  if [[ -n "$parity" ]]; then
    same "$model" float32 1e-3
    # Libraries round a product of bf16 at other places: what is held is that no score moves by more than that.
    same "$model" bfloat16 5
    continue
  fi
  batch=$(best_batch "$model")
  echo "$model, lm-eval at batch size $batch"
  for ((round = 1; round <= rounds; round++)); do
    ours "$model" float32 "$work/out"
    mine=$(seconds_of "$work/out/results.json")
    theirs "$model" "$batch" "$work/theirs.json"
    awk -v r="$round" -v a="$mine" -v b="$(seconds_of "$work/theirs.json")" \
      'BEGIN {printf "round %d: %.1f s; lm-eval %.1f s; ratio %.2f\n", r, a, b, b / a}' | tee -a "$work/$model.rounds"
  done
  "$python" -c 'import statistics, sys
ratios = [float(line.rsplit(" ", 1)[1]) for line in open(sys.argv[1])]
print(f"median ratio {statistics.median(ratios):.2f}, from {min(ratios):.2f} to {max(ratios):.2f}")' "$work/$model.rounds"
done

#!/usr/bin/env bash
# Checks training on this machine's GPU; needs a Python with torch and transformers, nothing else.
#   check.sh [--device gpu:0|cpu] [--seconds N] [--python PROGRAM] [--results FILE] [--only LIST]
# Runs from the folder that pack.sh made. Every check is a line PASS, FAIL or SKIP and a JSON line in
# the results file (default: results.jsonl here), written as soon as it is known; the last line
# totals. No check begins after N seconds (default 480). LIST: operators,ranks,families,speed,times.
# With --device cpu it rehearses all of it on a processor. KEIZOKU_JAVA_OPTS adds options of Java's.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
device=gpu:0 seconds=480 python=python3 results="$here/results.jsonl"
only=operators,ranks,families,speed,times

usage() {
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

while (($#)); do
  case "$1" in
    --device | --seconds | --python | --results | --only)
      [[ $# -ge 2 ]] || usage
      printf -v "${1#--}" '%s' "$2"
      shift 2
      ;;
    *) usage ;;
  esac
done
[[ "$device" == cpu || "$device" == gpu:0 ]] || usage
readonly here device seconds python results only
torch_device="$([[ "$device" == cpu ]] && echo cpu || echo cuda)"
shapes="$here/$([[ "$device" == cpu ]] && echo shapes-rehearsal.json || echo shapes.json)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Where Python has torch, without importing it.
packages() {
  "$python" -c 'import importlib.util, os
print(os.path.dirname(list(importlib.util.find_spec("torch").submodule_search_locations)[0]))'
}

left() {
  echo $((seconds - SECONDS > 0 ? seconds - SECONDS : 0))
}

has() {
  [[ ",$only," == *",$1,"* ]]
}

# run PART...: checks of our own program; what they find is in the results.
run() {
  local parts
  parts="$(IFS=,; echo "$*")"
  "$here/jre/bin/java" --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector \
    ${KEIZOKU_JAVA_OPTS:-} -XX:+UseSerialGC -Xmx6g -XX:ErrorFile="$(dirname "$results")/hs_err.log" -Dkeizoku.torch="${KEIZOKU_TORCH:-$site/torch/lib}" -cp "$here/jars/*" \
    dev.keizoku.trainer.gpu.GpuCheck --device "$device" --families "$work/families" \
    --shapes "$shapes" --results "$results" --seconds "$(left)" --kind "$kind" --only "$parts" 2>"$work/java.log" ||
    died "$parts" $?
}

# died PART CODE: a program that ended without a total is a check that failed.
died() {
  tail -n 30 "$work/java.log" >&2
  ((${2} == 1)) || printf '{"verdict":"FAIL","check":"program %s","detail":"ended with code %s"}\n' "$1" "$2" >>"$results"
}

reference() {
  local limit
  limit="$(left)"
  ((limit > 5)) || return 0
  HF_HUB_OFFLINE=1 timeout "$limit" "$python" "$here/reference.py" "$@" 2>"$work/python.log" || {
    tail -n 15 "$work/python.log" >&2
    printf '{"verdict":"FAIL","check":"reference.py %s","detail":"ended with an error, or its time was out"}\n' "$1" >>"$results"
  }
}

totals() {
  "$python" - "$results" <<'PY'
import collections, json, sys
verdicts = collections.Counter(json.loads(line)["verdict"] for line in open(sys.argv[1]))
print("gpu-check: %d passed, %d failed, %d skipped" % tuple(verdicts[v] for v in ("PASS", "FAIL", "SKIP")))
sys.exit(verdicts["FAIL"] > 0)
PY
}

site="$(packages)"
kind="$(nvidia-smi --query-gpu=name --format=csv,noheader 2>/dev/null | head -n 1 || true)"
# Beside torch's own search path, for a Python that keeps CUDA elsewhere.
LD_LIBRARY_PATH="$(printf '%s:' "$site"/nvidia/*/lib)${LD_LIBRARY_PATH:-}"
export LD_LIBRARY_PATH
readonly site kind
rm -f "$results"

(
  reference facts "$results" "$torch_device"
  has families && reference families "$work/families" "$torch_device"
) &
has operators && run operators
has ranks && run ranks
wait
has families && run families
has speed && run speed
has speed && reference speed "$shapes" "$results" "$torch_device"
has times && run times
totals

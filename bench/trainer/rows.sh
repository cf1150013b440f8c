#!/usr/bin/env bash
# The rows of bench/README.md's table of the trainer, one after another: three alternating rounds of 20 steps each.
#   rows.sh [OPTION...]     options of run.sh that go for all rows, such as --size tiny --steps 2 --rounds 1 for a rehearsal
# KEIZOKU_ROWS: a pattern of the rows to run, by their names below.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"

row() {
  local name="$1"
  shift
  [[ "$name" =~ ${KEIZOKU_ROWS:-.} ]] || return 0
  echo "== $name: $*"
  "$here/run.sh" "$@" "${all[@]}"
}

all=("$@")
alone=(--peer transformers --ranks 1 --zero-stage 0 --micro-batch 4)
row deepspeed-30m-fp32
row deepspeed-30m-bf16 --precision bf16
row deepspeed-120m-fp32 --size 120m
row deepspeed-120m-bf16 --size 120m --precision bf16
row deepspeed-wide-fp32 --size wide
row deepspeed-wide-chunked --size wide --chunked-loss
row transformers-30m-fp32 "${alone[@]}"
row transformers-30m-bf16 "${alone[@]}" --precision bf16
row transformers-120m-fp32 "${alone[@]}" --size 120m
row transformers-120m-bf16 "${alone[@]}" --size 120m --precision bf16
row onednn-30m-fp32 "${alone[@]}" --peer-matmul medium
row onednn-120m-fp32 "${alone[@]}" --size 120m --peer-matmul medium
row compile-30m-fp32 "${alone[@]}" --compile
row compile-30m-bf16 "${alone[@]}" --compile --precision bf16
row chunked-30m-fp32 "${alone[@]}" --chunked-loss
row packed-30m-fp32 "${alone[@]}" --documents short
row packed-30m-bf16 "${alone[@]}" --documents short --precision bf16
row sharing-ranks --peer trainer --ranks 4 --zero-stage 3 --micro-batch 1
row copying-ranks --peer trainer --ranks 4 --zero-stage 3 --micro-batch 1 --copying

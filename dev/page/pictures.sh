#!/usr/bin/env bash
# Makes the three reports from real runs on this machine and looks at them in a browser: pictures of
# each, wide and narrow, light, dark and printed, into docs/pages/. Fails when a page breaks its own
# content-security policy, shows no value under the pointer, or is wider than a phone.
#   pictures.sh [keep]     keep: look at the reports of the last time again
# Needs Debian's chromium, fonts-noto-cjk, poppler-utils and pngquant, and Node.js with npm.
set -euo pipefail
cd "$(dirname "$0")/../.."

readonly PUPPETEER=24.43.1
readonly CACHE="${KEIZOKU_CACHE:-$HOME/.cache/keizoku}"
# Its name stands in the pictures, so it is the same on every machine.
readonly WORK=/tmp/keizoku-pages
readonly DATA="file://$WORK/data"
readonly TOKENIZER="file://$WORK/tokenizer/"

say() { echo "[pages] $*" >&2; }

need() {
  local tool
  for tool in chromium pdftoppm pngquant node npm; do
    command -v "$tool" >/dev/null || {
      say "this machine lacks $tool: apt-get install chromium fonts-noto-cjk poppler-utils pngquant nodejs npm"
      exit 1
    }
  done
}

# PROGRAM NAME: runs the program on NAME.yaml, in this very process.
begin() {
  : >"$WORK/$2.json"
  exec dev/run "$1" "$WORK/$2.yaml" --port 0 --termination-log "$WORK/$2.json" >>"$WORK/$2.log" 2>&1
}

# PROGRAM NAME: the same, and waits.
run() {
  say "$1: $2"
  (begin "$@") || {
    tail -n 20 "$WORK/$2.log" >&2
    exit 1
  }
}

# URI of what a run made.
artifact() {
  node -p 'JSON.parse(fs.readFileSync(process.argv[1])).artifact.uri' "$WORK/$1.json"
}

corpus() {
  local name="$1"
  cat >"$WORK/$name.yaml" <<EOF
runUid: pages
name: pages/$name
output: file://$WORK/$name
sources:
$(cat)
filters: {minCharacters: 1200, minJapaneseRatio: 0.5}
deduplication: {exact: true}
tokenizer: $TOKENIZER
heldOut: {fraction: 0.02, maxDocuments: 40}
seed: 43
EOF
  run corpus "$name"
}

# NAME STEPS DATA START: a training's file; START is the line that says what it begins with.
training() {
  local name="$1" steps="$2" data="$3" start="$4"
  cat >"$WORK/$name.yaml" <<EOF
runUid: pages
name: pages/$name
output: file://$WORK/$name
$start
data: $data
sequenceLength: 256
maxSteps: $steps
globalBatchSize: 8
microBatchSize: 2
learningRate: 3.0e-3
warmupSteps: 10
evaluationSteps: 20
precision: fp32
optimizer: {beta1: 0.9, beta2: 0.999, epsilon: 1.0e-8, weightDecay: 0.1, maxGradNorm: 1.0}
parallelism: {devices: 2, deviceType: cpu, zeroStage: 1, offloadOptimizer: false, activationCheckpointing: false}
checkpoint: {steps: 30, keepLast: 2}
samplePrompts: {prompts: ["金融商品取引法の目的は、", "日本銀行は、", "<b>円</b>"], maxNewTokens: 24}
seed: 7
EOF
}

# A training that is stopped at a step and goes on, as a pod that moves does.
interrupted() {
  local name="$1" process
  say "trainer: $name, to be interrupted"
  (begin trainer "$name") &
  process=$!
  until grep -q 'Step 70/' "$WORK/$name.log" 2>/dev/null; do
    kill -0 "$process" 2>/dev/null || break
    sleep 0.2
  done
  kill -TERM "$process" || true
  wait "$process" || say "it ended with $?"
  run trainer "$name"
}

runs() {
  rm -rf "$WORK"
  mkdir -p "$WORK"
  cp -r examples/quickstart/data examples/quickstart/tokenizer "$WORK"
  corpus general <<EOF
- {name: literature, uri: "$DATA/general/literature/", format: text, licence: Public domain; 青空文庫}
- {name: encyclopedia, uri: "$DATA/general/encyclopedia/", format: mediawiki, licence: CC-BY-SA-3.0}
- {name: sentences, uri: "$DATA/general/sentences/", format: conllu, licence: CC-BY-SA-4.0}
- {name: mirror, uri: "$DATA/general/literature/", format: text, licence: Public domain}
EOF
  corpus finance <<EOF
- {name: laws, uri: "$DATA/finance/laws/", format: html, licence: PDL-1.0}
- {name: filings, uri: "$DATA/finance/filings/", format: edinet, licence: PDL-1.0}
EOF
  local general finance start
  general="{name: general, uri: \"$(artifact general)\"}"
  finance="{name: finance, uri: \"$(artifact finance)\"}"
  start="initialize: {tokenizer: \"$TOKENIZER\", config: {model_type: llama, hidden_size: 64, intermediate_size: 172,
  num_hidden_layers: 2, num_attention_heads: 4, num_key_value_heads: 2, max_position_embeddings: 512, vocab_size: 8000,
  rms_norm_eps: 1.0e-6, rope_theta: 10000, tie_word_embeddings: true}}"
  training base 150 "[$general, $finance]" "$start"
  interrupted base
  training tuned 60 "[$finance]" "baseModel: {uri: \"file://$WORK/base/model/\"}"
  run trainer tuned
  cat >"$WORK/compare.yaml" <<EOF
runUid: pages
name: pages/compare
output: file://$WORK/compare
base: {name: base, uri: "file://$WORK/base/model/"}
candidates: [{name: tuned, uri: "file://$WORK/tuned/model/"}]
tasks: [{name: chabsa, limit: 400}, {name: cma_basics}, {name: fp2, limit: 200}, {name: security_sales_1}]
promptVersions: [default, 1.0-0.1, 1.0-0.2]
bootstrap: {resamples: 2000, confidence: 0.95}
gate: {minDelta: 0, maxTaskRegression: 0.05}
generation: {prompts: ["金融商品取引法の目的は、", "日本銀行は、物価の安定を図ることを通じて", "債券の価格は、市場金利が上昇すると"], maxNewTokens: 40}
batchTokens: 4096
seed: 7
EOF
  run eval compare
  sed -e "s|^output: .*|output: file://$WORK/compare-ja|" -e '$a scores: "file://'"$WORK"'/scores"\nlanguage: ja' \
    "$WORK/compare.yaml" >"$WORK/compare-ja.yaml"
  run eval compare-ja
  cp "$(find "$WORK/general" -name report.html)" "$WORK/corpus.html"
  cp "$WORK/base/model/report.html" "$WORK/training.html"
  cp "$WORK/compare/report.html" "$WORK/evaluation.html"
  cp "$WORK/compare-ja/report.html" "$WORK/evaluation-ja.html"
}

browser() {
  local modules="$CACHE/puppeteer-$PUPPETEER"
  [[ -d "$modules/node_modules/puppeteer-core" ]] ||
    npm install --silent --no-audit --no-fund --prefix "$modules" "puppeteer-core@$PUPPETEER"
  NODE_PATH="$modules/node_modules" node dev/page/look.cjs "$WORK" \
    "$WORK"/corpus.html "$WORK"/training.html "$WORK"/evaluation.html "$WORK"/evaluation-ja.html
}

pictures() {
  mkdir -p docs/pages
  rm -f docs/pages/*.png
  local pdf
  for pdf in "$WORK"/*.pdf; do
    pdftoppm -r 75 -png -l 4 "$pdf" "${pdf%.pdf}-printed"
  done
  pngquant --force --ext .png --speed 1 32 "$WORK"/*.png
  mv "$WORK"/*.png docs/pages/
  say "$(find docs/pages -name '*.png' | wc -l) pictures in docs/pages, $(du -ch docs/pages/*.png | tail -n 1 | cut -f 1)"
}

need
[[ "${1:-}" == keep ]] || runs
browser
pictures

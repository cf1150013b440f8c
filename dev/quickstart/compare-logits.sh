#!/usr/bin/env bash
# Compares the logits of a trained model with those that transformers computes from the same files.
# Needs the quick start's result in the cluster that is up.
#   compare-logits.sh [TRAINING [TEXT]]      the ContinualPretrain; default: tuned
set -euo pipefail
cd "$(dirname "$0")/../.."
source dev/cluster/settings.sh
source dev/install/kubeconfig.sh
source dev/quickstart/kube.sh

readonly TRAINING="${1:-tuned}"
readonly TEXT="${2:-当連結会計年度における売上高は、前年同期比12.3％増の1,234億56百万円となりました。}"
readonly COPY="target/quickstart/$TRAINING-model"

forward_minio
manifest="$(kube -n "$NAMESPACE" get continualpretrain "$TRAINING" -o go-template='{{.status.artifact.uri}}')"
for file in config.json generation_config.json model.safetensors tokenizer.json tokenizer_config.json; do
  with_credentials dev/run store download "${manifest%/*}/$file" "$COPY" >/dev/null
done
with_credentials dev/run trainer logits "${manifest%/*}" --text "$TEXT" --out "$COPY/logits.json"
"$(dev/python/venv.sh)" dev/python/check_export.py --against "$COPY/logits.json" "$COPY"

#!/usr/bin/env bash
# Runs the scripts for Argo CD by its own Lua runner, built from its Go module the first time (minutes).
#   check.sh [-write]   makes argocd-cm.yaml anew
set -euo pipefail
cd "$(dirname "$0")"
source ../dev/cluster/settings.sh
mkdir -p "$BIN"
(cd check && CGO_ENABLED=0 GOFLAGS=-mod=readonly nice go build -trimpath -buildvcs=false -o "$BIN/argocd-check" .)
exec "$BIN/argocd-check" "$@"

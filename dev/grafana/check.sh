#!/usr/bin/env bash
# Checks the chart's dashboards by Grafana's own schema and Prometheus' parser, built from their Go modules the first time.
#   check.sh [-write]           makes charts/keizoku/files/dashboards anew
#   check.sh -scrape FILE       also: does the operator show every metric that they ask for?
set -euo pipefail
cd "$(dirname "$0")"
source ../cluster/settings.sh
mkdir -p "$BIN"
CGO_ENABLED=0 GOFLAGS=-mod=readonly nice go build -trimpath -buildvcs=false -o "$BIN/grafana-check" .
exec "$BIN/grafana-check" "$@"

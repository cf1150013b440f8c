#!/usr/bin/env bash
# Checks the chart's alerts with Prometheus' own promtool, built from its Go module the first time.
set -euo pipefail
cd "$(dirname "$0")/../.."
source dev/cluster/settings.sh
dev/cluster/go-programs.sh promtool
promtool check rules --lint=all --lint-fatal charts/keizoku/files/rules.yaml
promtool test rules dev/prometheus/rules-test.yaml

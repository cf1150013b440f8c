#!/usr/bin/env bash
# make uninstall: removes the chart. The definitions stay, and with them every resource that users made.
set -euo pipefail
source "$(dirname "$0")/../cluster/settings.sh"
source "$(dirname "$0")/../cluster/report.sh"
source "$(dirname "$0")/kubeconfig.sh"

step "chart keizoku" helm uninstall keizoku --namespace keizoku-system --ignore-not-found --wait

#!/usr/bin/env bash
# Runs a command with KUBECONFIG on the cluster that make cluster brought up.
set -euo pipefail
source "$(dirname "$0")/../cluster/settings.sh"
source "$(dirname "$0")/kubeconfig.sh"
exec "$@"

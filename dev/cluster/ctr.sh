#!/usr/bin/env bash
# containerd's command line inside the running node, for a look at images and containers.
#   ctr.sh images list
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"
source "$(dirname "$0")/process.sh"

machine="$(recorded_process "$STATE/machine.pid")" || die "the cluster is not up: run make cluster."
exec nsenter --target "$machine" --mount --root --pid ctr --namespace k8s.io "$@"

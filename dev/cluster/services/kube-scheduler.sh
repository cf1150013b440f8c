#!/usr/bin/env bash
# The scheduler.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"

exec kube-scheduler --kubeconfig "$STATE/pki/kube-scheduler.kubeconfig" \
  --leader-elect=false --bind-address 127.0.0.1 --secure-port 0

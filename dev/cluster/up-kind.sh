#!/usr/bin/env bash
# Brings up a kind cluster. Needs a Docker engine, and a registry for kind's node image.
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"
export KUBECONFIG="$CLUSTER_KUBECONFIG"

command -v kind >/dev/null || "$DEV_CLUSTER/go-programs.sh" kind
command -v kubectl >/dev/null || "$DEV_CLUSTER/go-programs.sh" kubernetes
mkdir -p "$STATE"
if ! kind get clusters 2>/dev/null | grep -qx "$CLUSTER_NAME"; then
  kind create cluster --name "$CLUSTER_NAME" --wait 120s ||
    die "kind could not make a cluster: set KEIZOKU_CLUSTER=own (root on Debian or Ubuntu) or existing."
fi
kind export kubeconfig --name "$CLUSTER_NAME"
kubectl patch node "$CLUSTER_NAME-control-plane" --subresource status --type strategic -p \
  "{\"status\":{\"capacity\":{\"nvidia.com/gpu\":\"$NODE_GPUS\"},
               \"allocatable\":{\"nvidia.com/gpu\":\"$NODE_GPUS\"}}}"
echo kind >"$STATE/kind"
say "kind's cluster $CLUSTER_NAME is up"
echo "export KUBECONFIG=$CLUSTER_KUBECONFIG PATH=$BIN:\$PATH"

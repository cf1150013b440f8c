#!/usr/bin/env bash
# Lets the node advertise nvidia.com/gpu, by the documented patch of its status, so that manifests
# which ask for GPUs are really scheduled. A restarted kubelet forgets it: asked again now and then.
# https://kubernetes.io/docs/tasks/administer-cluster/extended-resource-node/
set -euo pipefail
source "$(dirname "$0")/../settings.sh"
export KUBECONFIG="$CLUSTER_KUBECONFIG"

while true; do
  advertised="$(kubectl get node "$NODE_NAME" \
    -o 'jsonpath={.status.capacity.nvidia\.com/gpu}/{.status.allocatable.nvidia\.com/gpu}' || true)"
  if [[ "$advertised" != "$NODE_GPUS/$NODE_GPUS" ]]; then
    kubectl patch node "$NODE_NAME" --subresource status --type strategic -p \
      "{\"status\":{\"capacity\":{\"nvidia.com/gpu\":\"$NODE_GPUS\"},
                   \"allocatable\":{\"nvidia.com/gpu\":\"$NODE_GPUS\"}}}" || true
    sleep 2
  else
    sleep 20
  fi
done

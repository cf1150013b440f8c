# shellcheck shell=bash
# Which cluster kubectl and helm talk to: yours with KEIZOKU_CLUSTER=existing, else the local one.
if [[ "${KEIZOKU_CLUSTER:-}" != existing ]]; then
  export KUBECONFIG="$CLUSTER_KUBECONFIG"
fi

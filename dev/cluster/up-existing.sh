#!/usr/bin/env bash
# Uses the cluster of the user's kubeconfig as it is: nothing is started or changed.
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"

command -v kubectl >/dev/null || die "kubectl is not on the PATH: install it for your cluster."
kubectl get --raw /readyz >/dev/null ||
  die "the cluster of KUBECONFIG=${KUBECONFIG:-$HOME/.kube/config} does not answer: check it with kubectl cluster-info."
say "using the cluster of ${KUBECONFIG:-$HOME/.kube/config}"
say "its nodes must be able to pull the images: push them, or see make images"

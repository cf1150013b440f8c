#!/usr/bin/env bash
# Kueue in the local cluster, as its own chart installs it; the program is built from its Go module.
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"
source "$DEV_CLUSTER/../install/kubeconfig.sh"

chart() {
  cd "$DEV_CLUSTER/go/kueue"
  echo "$(go list -m -f '{{.Dir}}' sigs.k8s.io/kueue)/charts/kueue"
}

"$DEV_CLUSTER/go-programs.sh" kueue helm
step "image of Kueue" "$DEV_CLUSTER/base-images.sh" kueue
"$DEV_CLUSTER/import-images.sh" "$IMAGES/kueue.tar"
step "Kueue" helm upgrade --install kueue "$(chart)" --namespace kueue-system --create-namespace \
  --values "$DEV_CLUSTER/manifests/kueue-values.yaml" --wait --timeout 5m

#!/usr/bin/env bash
# Makes a bundle of the Operator Lifecycle Manager out of the chart, and checks it by the Operator Framework's validators.
#   bundle.sh FOLDER [HELM OPTIONS]    for instance --set global.imageRegistry=registry.example.com --values yours.yaml
set -euo pipefail
cd "$(dirname "$0")"
source ../dev/cluster/settings.sh
bundle="$(realpath -m "${1:?a folder for the bundle}")"
shift
../dev/cluster/go-programs.sh helm
CGO_ENABLED=0 GOFLAGS=-mod=readonly nice go build -trimpath -buildvcs=false -o "$BIN/olm-bundle" .
rm -rf "$bundle"
# The manager gives the cluster's roles edit and view the resources itself, and takes no ValidatingAdmissionPolicy.
helm template keizoku ../charts/keizoku --namespace keizoku --kube-version "$KUBERNETES_VERSION" --set rbac.userRoles=false --set admissionPolicy.enabled=false "$@" |
  "$BIN/olm-bundle" ../charts/keizoku ../examples "$bundle"

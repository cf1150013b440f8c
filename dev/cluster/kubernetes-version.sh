#!/usr/bin/env bash
# Prints the version of Kubernetes that everything here uses: that of the Go module it is built from.
set -euo pipefail
sed -n 's#^\tk8s\.io/kubernetes v\([0-9.]*\).*#\1#p' "$(dirname "${BASH_SOURCE[0]}")/go/kubernetes/go.mod"

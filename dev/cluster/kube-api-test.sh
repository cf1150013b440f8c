#!/usr/bin/env bash
# Lays out kube-apiserver, etcd and kubectl as fabric8's kube-api-test looks for them, so that the
# integration tests download nothing; beside them the Job controller, which our own tests start.
# Prints the folder, the value of KUBE_API_TEST_DIR.
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"

case "$(uname -m)" in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
  *) die "no kube-api-test for $(uname -m): use x86_64 or aarch64." ;;
esac
folder="$CACHE/kube-api-test/k8s/$KUBERNETES_VERSION-linux-$architecture"

mkdir -p "$CACHE"
exec 9>"$CACHE/cluster.lock"
flock 9
"$DEV_CLUSTER/debian-packages.sh"
"$DEV_CLUSTER/go-programs.sh" kubernetes
mkdir -p "$folder"
for program in etcd kube-apiserver kube-controller-manager kubectl; do
  # A link that leads somewhere stays: tests of another checkout may be starting it.
  [[ -x "$folder/$program" ]] || ln -sfn "$(command -v $program)" "$folder/$program"
done
echo "$CACHE/kube-api-test"

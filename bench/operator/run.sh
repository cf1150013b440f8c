#!/usr/bin/env bash
# The operator beside Kubeflow Trainer with JobSet, on real API servers. Options: run.sh -help (-resources 1000 -rounds 3 -alone)
set -euo pipefail
cd "$(dirname "$0")"
source ../../dev/cluster/settings.sh
: "${KUBE_API_TEST_DIR:=$CACHE/kube-api-test}" "${JAVA_HOME:=$(../../dev/make/jdk.sh)}"
export JAVA_HOME

readonly ASSEMBLED=../../operator/target/quarkus-app
[[ -f $ASSEMBLED/quarkus-run.jar ]] || {
  echo "There is no operator to measure: make build." >&2
  exit 1
}
# As in the image: its Java runtime, and the archive of its classes.
runtime="$(../../dev/image/java-base.sh "$JAVA_HOME")/opt/jre"
app="$(../../dev/image/operator-app.sh "$(realpath $ASSEMBLED)" "$runtime")"
../../dev/cluster/go-programs.sh jobset kubeflow-trainer
folder_of() { (cd "../../dev/cluster/go/$1" && go list -m -f '{{.Dir}}' "$2"); }
CGO_ENABLED=0 GOFLAGS=-mod=readonly nice go build -trimpath -buildvcs=false -o "$BIN/bench-operator" .
exec "$BIN/bench-operator" \
  -binaries "$(dirname "$(find "$KUBE_API_TEST_DIR" -name kube-apiserver | head -n 1)")" -peers "$BIN" \
  -jobset-module "$(folder_of jobset sigs.k8s.io/jobset)" \
  -trainer-module "$(folder_of kubeflow-trainer github.com/kubeflow/trainer/v2)" \
  -java "$runtime/bin/java" -operator "$app" \
  -java-options "$(sed -n 's/^  javaOptions: //p' ../../charts/keizoku/values.yaml)" "$@"

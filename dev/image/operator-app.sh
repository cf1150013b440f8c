#!/usr/bin/env bash
# Makes the folder /operator of the operator's image: what Quarkus assembled, and the archive app.aot with its classes
# loaded and linked, which a run of it on a real API server leaves behind (JEP 483, 514 and 515). With it the operator is
# ready in a third of the time and compiles less while it works. The archive remembers the time of each jar, so all have
# the one that the image gives them. Prints the folder.
#   operator-app.sh QUARKUS_APP JAVA_RUNTIME
set -euo pipefail
source "$(dirname "$0")/../cluster/settings.sh"
source "$(dirname "$0")/../cluster/report.sh"

cd "$(dirname "$0")/../.."
readonly APP="$1" JAVA="$2/bin/java" RECORDED=10
server=()

# The flags that change what is in the archive are those of the image and the chart.
jvm_flags() {
  sed -n 's|.*<arg>\(-XX:+.*\)</arg>.*|\1|p' operator/pom.xml
  sed -n 's/^  javaOptions: //p' charts/keizoku/values.yaml | tr ' ' '\n'
}

free_ports() { python3 -c 'import socket
s = [socket.create_server(("127.0.0.1", 0)) for _ in range(4)]
print(*(x.getsockname()[1] for x in s))'; }

# An empty API server, without anything that runs pods. Both end with this script, however that ends, as the operator does.
start_server() {
  local bin="$1" dir="$2" etcd peers secure
  read -r etcd peers secure http < <(free_ports)
  openssl ecparam -name prime256v1 -genkey -noout -out "$dir/accounts.key" 2>/dev/null
  echo 'recording,admin,admin,"system:masters"' >"$dir/tokens.csv"
  setpriv --pdeathsig KILL "$bin/etcd" --data-dir "$dir/etcd" --unsafe-no-fsync --listen-client-urls "http://127.0.0.1:$etcd" \
    --advertise-client-urls "http://127.0.0.1:$etcd" --listen-peer-urls "http://127.0.0.1:$peers" >"$dir/etcd.log" 2>&1 &
  server+=($!)
  setpriv --pdeathsig KILL "$bin/kube-apiserver" --etcd-servers "http://127.0.0.1:$etcd" --bind-address 127.0.0.1 --secure-port "$secure" \
    --cert-dir "$dir/certificates" --service-cluster-ip-range 10.0.0.0/24 --authorization-mode RBAC \
    --token-auth-file "$dir/tokens.csv" --service-account-issuer https://recording \
    --service-account-key-file "$dir/accounts.key" --service-account-signing-key-file "$dir/accounts.key" \
    --disable-admission-plugins ServiceAccount >"$dir/kube-apiserver.log" 2>&1 &
  server+=($!)
  KUBECONFIG="$dir/kubeconfig"
  export KUBECONFIG
  kubectl config set-cluster c --server "https://127.0.0.1:$secure" --insecure-skip-tls-verify >/dev/null
  kubectl config set-credentials u --token recording >/dev/null
  kubectl config set-context c --cluster c --user u >/dev/null
  kubectl config use-context c >/dev/null
  wait_for 120 kubectl get --raw /readyz || die "the API server did not start: $(tail -n 3 "$dir/kube-apiserver.log")"
}

stop_server() {
  kill -KILL "${server[@]}" 2>/dev/null || true
  wait "${server[@]}" 2>/dev/null || true
  server=()
}

corpora() {
  local i
  for ((i = 0; i < RECORDED; i++)); do
    printf '%s\n' "---" "apiVersion: keizoku.dev/v1alpha1" "kind: FinCorpus" "metadata: {name: corpus-$i}" \
      "spec: {sources: [{name: filings, uri: 's3://research/filings/', licence: PDL-1.0}], tokenizer: {uri: 's3://research/base/'}}"
  done
}

jobs_made() { (($(kubectl get jobs --no-headers 2>/dev/null | wc -l) >= RECORDED)); }

record() {
  local dir="$1" operator
  kubectl apply --server-side -f charts/keizoku/crds >/dev/null
  kubectl wait --for condition=established crd --all --timeout 60s >/dev/null
  kubectl apply -f examples/quickstart >/dev/null
  mapfile -t flags < <(jvm_flags)
  (
    cd "$dir/operator"
    export KUBERNETES_NAMESPACE=default KEIZOKU_STORAGE_BUCKET=keizoku KEIZOKU_STORAGE_ENDPOINT=http://127.0.0.1:1
    # As the chart has it.
    export QUARKUS_LOG_CONSOLE_JSON_ENABLED=true
    # The archive is put together by a second machine, which needs more than the operator.
    export QUARKUS_HTTP_PORT="$http" QUARKUS_HTTP_HOST=127.0.0.1 JDK_AOT_VM_OPTIONS=-Xmx1g
    exec setpriv --pdeathsig KILL "$JAVA" "${flags[@]}" -XX:AOTCacheOutput=app.aot \
      -Djava.util.logging.manager=org.jboss.logmanager.LogManager -jar quarkus-run.jar
  ) >"$dir/operator.log" 2>&1 &
  operator=$!
  wait_for 180 curl -fs "http://127.0.0.1:$http/q/health/ready" || die "the operator did not start: $(tail -n 5 "$dir/operator.log")"
  corpora | kubectl apply -f - >/dev/null
  wait_for 180 jobs_made || die "the operator made no Jobs: $(tail -n 5 "$dir/operator.log")"
  kill "$operator"
  wait "$operator" || true
  [[ -s "$dir/operator/app.aot" ]] || die "no archive was written: $(tail -n 5 "$dir/operator.log")"
}

make_app() {
  local dir
  mkdir -p "$CACHE/image"
  dir="$(mktemp -d "$CACHE/image/recording-XXXXXX")"
  cp -r "$APP" "$dir/operator"
  find "$dir/operator" -exec touch -h -d @1 {} +
  start_server "$(dirname "$(find "$("$DEV_CLUSTER/kube-api-test.sh")" -name kube-apiserver | head -n 1)")" "$dir"
  record "$dir"
  stop_server
  chmod -R a+rX "$dir/operator"
  rm -f "$dir/operator/app.aot.config"
  touch -d @1 "$dir/operator/app.aot" "$dir/operator"
  # Another checkout may have made the same meanwhile.
  mv -T "$dir/operator" "$1" 2>/dev/null || [[ -d "$1" ]]
  rm -rf "$dir"
}

# Each holds all jars of the operator, and 80 MB of archive. Another checkout's of today may be in use; jars and folder are
# of 1970, so that the time of the inode's last change tells when one was used.
forget_old() {
  find "$CACHE/image" -mindepth 1 -maxdepth 1 \( -name 'operator-*' -o -name 'recording-*' \) -ctime +0 -exec rm -rf {} +
}

inputs() {
  cat dev/image/operator-app.sh "$JAVA_HOME/release" charts/keizoku/crds/*
  jvm_flags
  find "$APP" -type f | sort | xargs sha256sum
}

[[ -x "$JAVA" ]] || die "$JAVA is no Java runtime: give the image's own."
key="$(inputs | sha256sum | cut -c1-16)"
folder="$CACHE/image/operator-$key"
[[ -d "$folder" ]] || step "archive of the operator's classes" make_app "$folder"
touch -d @1 "$folder"
forget_old
echo "$folder"

# shellcheck shell=bash
# kubectl, MinIO's address and its credentials, for the other scripts here.
NAMESPACE=${NAMESPACE:-keizoku-quickstart}
SYSTEM_NAMESPACE=${SYSTEM_NAMESPACE:-keizoku-system}

kube() { kubectl "$@"; }

secret_value() {
  kube -n "$SYSTEM_NAMESPACE" get secret keizoku-minio -o "go-template={{index .data \"$1\" | base64decode}}"
}

# Pods read the credentials from a Secret of their own namespace.
copy_storage_secret() {
  kube -n "$NAMESPACE" create secret generic keizoku-storage --dry-run=client -o yaml \
    --from-file=AWS_ACCESS_KEY_ID=<(secret_value AWS_ACCESS_KEY_ID) \
    --from-file=AWS_SECRET_ACCESS_KEY=<(secret_value AWS_SECRET_ACCESS_KEY) | kube apply -f - >/dev/null
}

# Sets ENDPOINT to an address of this machine that leads to MinIO; ends with the script.
forward_minio() {
  local log
  log=$(mktemp)
  kube -n "$SYSTEM_NAMESPACE" port-forward service/keizoku-minio :9000 >"$log" 2>&1 &
  FORWARD_PID=$!
  trap 'kill "$FORWARD_PID" 2>/dev/null || true; rm -f "'"$log"'"' EXIT
  for _ in $(seq 100); do
    ENDPOINT=$(sed -n 's#^Forwarding from \(127\.0\.0\.1:[0-9]*\) .*#http://\1#p' "$log")
    [ -n "$ENDPOINT" ] && return
    kill -0 "$FORWARD_PID" 2>/dev/null || break
    sleep 0.2
  done
  echo "Cannot reach MinIO: $(cat "$log")" >&2
  return 1
}

# Runs a program of ours against MinIO; the credentials stay in its environment.
with_credentials() {
  AWS_ACCESS_KEY_ID=$(secret_value AWS_ACCESS_KEY_ID) \
    AWS_SECRET_ACCESS_KEY=$(secret_value AWS_SECRET_ACCESS_KEY) \
    AWS_ENDPOINT_URL_S3=$ENDPOINT "$@"
}

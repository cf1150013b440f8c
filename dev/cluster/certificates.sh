#!/usr/bin/env bash
# Makes the cluster's certificate authority, a certificate for each component, and the kubeconfig
# files. They live as long as the cluster does: cluster-down removes them.
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"

readonly PKI="$STATE/pki"
readonly DAYS=3650

new_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$PKI/$1.key"; }

# new_authority NAME SUBJECT
new_authority() {
  new_key "$1"
  openssl req -x509 -new -key "$PKI/$1.key" -subj "$2" -days $DAYS -out "$PKI/$1.crt"
}

# issue NAME SUBJECT [SUBJECT-ALTERNATIVE-NAMES [AUTHORITY]]: a key and a certificate that it signs.
issue() {
  local name="$1" subject="$2" names="${3:-}" authority="${4:-ca}" extensions
  extensions="keyUsage=digitalSignature"$'\n'"extendedKeyUsage=clientAuth,serverAuth"
  [[ -z "$names" ]] || extensions+=$'\n'"subjectAltName=$names"
  new_key "$name"
  openssl req -new -key "$PKI/$name.key" -subj "$subject" |
    openssl x509 -req -CA "$PKI/$authority.crt" -CAkey "$PKI/$authority.key" -CAcreateserial -days $DAYS \
      -extfile <(echo "$extensions") -out "$PKI/$name.crt" 2>/dev/null
}

# kubeconfig FILE NAME SERVER: a kubeconfig that holds everything, so that it can be copied.
kubeconfig() {
  cat >"$1" <<YAML
apiVersion: v1
kind: Config
clusters:
  - name: $CLUSTER_NAME
    cluster:
      server: https://$3:$API_PORT
      certificate-authority-data: $(base64 -w0 "$PKI/ca.crt")
users:
  - name: $2
    user:
      client-certificate-data: $(base64 -w0 "$PKI/$2.crt")
      client-key-data: $(base64 -w0 "$PKI/$2.key")
contexts:
  - name: $CLUSTER_NAME
    context: { cluster: $CLUSTER_NAME, user: $2 }
current-context: $CLUSTER_NAME
YAML
}

issue_all() {
  new_authority ca "/CN=$CLUSTER_NAME"
  new_key service-accounts
  issue etcd /CN=etcd "DNS:localhost,IP:127.0.0.1"
  issue kube-apiserver /O=system:masters/CN=kube-apiserver \
    "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:127.0.0.1,IP:$HOST_IP,IP:$API_SERVICE_IP"
  issue kube-controller-manager /CN=system:kube-controller-manager
  issue kube-scheduler /CN=system:kube-scheduler
  issue kube-proxy /CN=system:kube-proxy
  issue kubelet "/O=system:nodes/CN=system:node:$NODE_NAME" "DNS:$NODE_NAME,IP:$NODE_IP"
  # By these the API server asks those that serve a part of the API, as Kueue does its queues' order.
  new_authority front-proxy-ca /CN=front-proxy-ca
  issue front-proxy /CN=front-proxy "" front-proxy-ca
  issue admin /O=system:masters/CN=admin
}

mkdir -p "$PKI"
chmod 700 "$STATE" "$PKI"
umask 077
# The last one is there when all are.
[[ -f "$PKI/admin.crt" ]] || issue_all
for component in kube-controller-manager kube-scheduler; do
  kubeconfig "$PKI/$component.kubeconfig" $component 127.0.0.1
done
for component in kubelet kube-proxy; do
  kubeconfig "$PKI/$component.kubeconfig" $component "$HOST_IP"
done
kubeconfig "$CLUSTER_KUBECONFIG" admin 127.0.0.1

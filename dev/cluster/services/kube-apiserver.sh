#!/usr/bin/env bash
# The API. It finds the kubelet by address, because the node's name is in no DNS.
set -euo pipefail
source "$(dirname "$0")/../settings.sh"
readonly PKI="$STATE/pki"

exec kube-apiserver --secure-port "$API_PORT" --advertise-address "$HOST_IP" \
  --etcd-servers "https://127.0.0.1:$ETCD_PORT" --etcd-cafile "$PKI/ca.crt" \
  --etcd-certfile "$PKI/kube-apiserver.crt" --etcd-keyfile "$PKI/kube-apiserver.key" \
  --tls-cert-file "$PKI/kube-apiserver.crt" --tls-private-key-file "$PKI/kube-apiserver.key" \
  --client-ca-file "$PKI/ca.crt" --anonymous-auth=false \
  --authorization-mode Node,RBAC --enable-admission-plugins NodeRestriction \
  --service-cluster-ip-range "$SERVICE_RANGE" \
  --service-account-issuer https://kubernetes.default.svc.cluster.local \
  --service-account-key-file "$PKI/service-accounts.key" \
  --service-account-signing-key-file "$PKI/service-accounts.key" \
  --requestheader-client-ca-file "$PKI/front-proxy-ca.crt" --requestheader-allowed-names front-proxy \
  --requestheader-username-headers X-Remote-User --requestheader-group-headers X-Remote-Group \
  --requestheader-extra-headers-prefix X-Remote-Extra- \
  --proxy-client-cert-file "$PKI/front-proxy.crt" --proxy-client-key-file "$PKI/front-proxy.key" \
  --kubelet-certificate-authority "$PKI/ca.crt" \
  --kubelet-client-certificate "$PKI/kube-apiserver.crt" \
  --kubelet-client-key "$PKI/kube-apiserver.key" \
  --kubelet-preferred-address-types InternalIP

#!/usr/bin/env bash
# Gives the cluster a default StorageClass with a few local volumes: folders of the cluster's own,
# which cluster-down removes with all that is in them.
set -euo pipefail
source "$(dirname "$0")/settings.sh"

readonly VOLUMES=4

manifests() {
  cat <<YAML
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: local
  annotations: { storageclass.kubernetes.io/is-default-class: "true" }
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
YAML
  local number
  for ((number = 0; number < VOLUMES; number++)); do
    cat <<YAML
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: local-$number }
spec:
  storageClassName: local
  capacity: { storage: 20Gi }
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Retain
  local: { path: $STATE/volumes/$number }
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions:
            - { key: kubernetes.io/hostname, operator: In, values: [$NODE_NAME] }
YAML
  done
}

for ((number = 0; number < VOLUMES; number++)); do
  # Any user may write at the top, as in a cluster whose volumes take the pod's fsGroup.
  install -d -m 1777 "$STATE/volumes/$number"
done
manifests | kubectl --kubeconfig "$CLUSTER_KUBECONFIG" apply -f - >/dev/null

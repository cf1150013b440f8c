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

# A volume whose claim is gone is emptied and offered again, as a provisioner would do.
offer_released() {
  local name phase
  kubectl get persistentvolumes --no-headers \
    -o custom-columns=NAME:.metadata.name,PHASE:.status.phase | while read -r name phase; do
    [[ "$phase" == Released && "$name" == local-* ]] || continue
    find "$STATE/volumes/${name#local-}" -mindepth 1 -delete
    kubectl patch persistentvolume "$name" -p '{"spec":{"claimRef":null}}' >/dev/null
  done
}

for ((number = 0; number < VOLUMES; number++)); do
  # Any user may write at the top, as in a cluster whose volumes take the pod's fsGroup.
  install -d -m 1777 "$STATE/volumes/$number"
done
export KUBECONFIG="$CLUSTER_KUBECONFIG"
manifests | kubectl apply -f - >/dev/null
offer_released

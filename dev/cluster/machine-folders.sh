# shellcheck shell=bash
# Folders that Kubernetes and its parts use under fixed names: in the node's mount namespace each is
# a folder of the cluster's own. Sourced, never run.

readonly NODE_FOLDERS=(/var/lib/kubelet /var/lib/cni /var/log/pods /var/log/containers)

make_folders_private() {
  mount -t tmpfs -o mode=755 tmpfs /run
  local folder
  for folder in "${NODE_FOLDERS[@]}"; do
    # A mount needs a folder to lie on; cluster-down removes those that are recorded here.
    [[ -d "$folder" ]] || echo "$folder" >>"$STATE/made-folders"
    mkdir -p "$folder" "$STATE/node$folder"
    mount --bind "$STATE/node$folder" "$folder"
  done
  # The kubelet hands mounts on to containers; the private root came from unshare.
  mount --make-rshared /
}

remove_made_folders() {
  local folder
  [[ -f "$STATE/made-folders" ]] || return 0
  while read -r folder; do
    rmdir "$folder" 2>/dev/null || true
  done <"$STATE/made-folders"
}

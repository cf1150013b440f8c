#!/usr/bin/env bash
# Brings image tars into the local cluster, each only when its content is not there yet.
#   import-images.sh FILE.tar...
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"

import() {
  if [[ "$(cat "$STATE/kind" 2>/dev/null)" == kind ]]; then
    kind load image-archive --name "$CLUSTER_NAME" "$1"
  else
    # A tag that gets other content leaves the layers that both share to nobody for a moment, and
    # containerd may collect them while it unpacks: then all of them are unpacked once more.
    unpack "$1" || unpack "$1"
  fi
}

unpack() { "$DEV_CLUSTER/ctr.sh" images import - <"$1" >/dev/null; }

# The name that the tar gives its image, made fit for a file's name.
image_name() {
  tar --extract --to-stdout --file "$1" manifest.json |
    sed -n 's/.*"RepoTags": *\["\([^"]*\)".*/\1/p' | tr / _
}

for tar in "$@"; do
  name="$(image_name "$tar")"
  mark="$IMAGE_STORE/imported/$name"
  sum="$(sha256sum <"$tar")"
  [[ "$(cat "$mark" 2>/dev/null)" != "$sum" ]] || continue
  step "image ${name/_//} into the node" import "$tar"
  mkdir -p "$(dirname "$mark")"
  echo "$sum" >"$mark"
done

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
    "$DEV_CLUSTER/ctr.sh" images import - <"$1" >/dev/null
  fi
}

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

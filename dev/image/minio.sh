#!/usr/bin/env bash
# Packs the MinIO server, built from its Go module, as the image keizoku/minio. Prints the tar.
set -euo pipefail
source "$(dirname "$0")/../cluster/settings.sh"
source "$(dirname "$0")/../cluster/report.sh"

readonly TAR="$IMAGES/minio.tar"
here="$(cd "$(dirname "$0")" && pwd)"

pack() {
  local root
  root="$(mktemp -d)"
  chmod 755 "$root"
  install -D -m 755 "$BIN/minio" "$root/bin/minio"
  mkdir -p "$root/etc" "$root/tmp" "$root/data"
  echo "nonroot:x:65532:65532:nonroot:/tmp:/sbin/nologin" >"$root/etc/passwd"
  "$here/pack-image.sh" keizoku/minio:1 "$root" "$TAR" \
    '{"Entrypoint": ["/bin/minio"], "User": "65532:65532", "Env": ["PATH=/bin", "HOME=/tmp", "MINIO_UPDATE=off"]}'
  rm -rf "$root"
}

"$here/../cluster/go-programs.sh" minio
[[ "$TAR" -nt "$BIN/minio" && "$TAR" -nt "$0" ]] || step "image keizoku/minio" pack
echo "$TAR"

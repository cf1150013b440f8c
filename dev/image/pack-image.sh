#!/usr/bin/env bash
# Packs a folder as an image of one layer, in Docker's archive format, without Docker or a registry.
# The same folder gives the same bytes.
#   pack-image.sh NAME:TAG FOLDER OUT.tar '{"Entrypoint": ["/program"], "User": "65532:65532"}'
set -euo pipefail

readonly NAME="$1" FOLDER="$2" OUT="$3" CONFIG="$4"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

pack() {
  tar --create --sort=name --mtime=@1 --owner=0 --group=0 --numeric-owner --format=gnu \
    --directory "$1" --file "$2" "${@:3}"
}

case "$(uname -m)" in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
  *) architecture="$(uname -m)" ;;
esac
pack "$FOLDER" "$work/layer.tar" .
layer="$(sha256sum "$work/layer.tar" | cut -d' ' -f1)"
cat >"$work/config.json" <<JSON
{"architecture":"$architecture","os":"linux","created":"1970-01-01T00:00:01Z","config":$CONFIG,"rootfs":{"type":"layers","diff_ids":["sha256:$layer"]}}
JSON
config="$(sha256sum "$work/config.json" | cut -d' ' -f1)"
mv "$work/config.json" "$work/$config.json"
echo "[{\"Config\":\"$config.json\",\"RepoTags\":[\"$NAME\"],\"Layers\":[\"layer.tar\"]}]" \
  >"$work/manifest.json"
mkdir -p "$(dirname "$OUT")"
pack "$work" "$OUT.part" manifest.json "$config.json" layer.tar
mv "$OUT.part" "$OUT"

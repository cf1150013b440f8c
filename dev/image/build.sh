#!/usr/bin/env bash
# make images: builds the images of all programs as tar files, and brings those that changed into
# the local cluster when it is up.
#   IMAGE_BASE=eclipse-temurin:25-jre   takes the Java runtime from a registry instead
set -euo pipefail
source "$(dirname "$0")/../cluster/settings.sh"
source "$(dirname "$0")/../cluster/report.sh"

cd "$(dirname "$0")/../.."
readonly JIB=com.google.cloud.tools:jib-maven-plugin:buildTar

property() { sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" pom.xml; }

# The folder below the Java images, or an empty one where a registry's image takes its place.
java_base() {
  if [[ -z "${IMAGE_BASE:-}" ]]; then
    dev/image/java-base.sh "$JAVA_HOME"
  else
    mkdir -p "$CACHE/image/none"
    echo "$CACHE/image/none"
  fi
}

build_java_images() {
  local base torch
  base="$(java_base)"
  torch="$(dev/image/torch.sh "$JAVA_HOME" "$(property libtorch.version)" "$(property djl.version)")"
  step "images of the Java programs" mvn -B -ntp -q -DskipTests package "$JIB" \
    "-Djib.applicationCache=$CACHE/jib" "-Dimage.base=${IMAGE_BASE:-scratch}" \
    "-Dimage.java-base=$base" "-Dimage.torch=$torch" -Djib.console=plain
}

build_java_images
dev/image/minio.sh >/dev/null
mapfile -t tars < <(printf '%s\n' */target/jib-image.tar "$IMAGES/minio.tar")
if [[ "${KEIZOKU_CLUSTER:-}" == existing || ! -f "$STATE/kind" ]]; then
  say "to push to your registry: ${tars[*]}"
else
  dev/cluster/import-images.sh "${tars[@]}"
fi

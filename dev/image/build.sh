#!/usr/bin/env bash
# make images: builds the images of all programs as tar files, and brings those that changed into
# the local cluster when it is up.
#   IMAGE_BASE=eclipse-temurin:25-jre   takes the Java runtime from a registry instead
#   IMAGE_VARIANT=cuda                  builds trainer and eval with libtorch for GPUs, 5 GB each
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

# Trainer and eval once more, with the other library and a tag of their own.
build_cuda_images() {
  local base torch
  base="$(java_base)"
  torch="$(dev/image/torch-cuda.sh "$JAVA_HOME" "$(property libtorch.version)" "$(property djl.version)")"
  step "images with CUDA" mvn -B -ntp -q -DskipTests -Pcuda -pl trainer-image,eval-image -am package "$JIB" \
    "-Djib.applicationCache=$CACHE/jib" "-Dimage.base=${IMAGE_BASE:-scratch}" \
    "-Dimage.java-base=$base" "-Dimage.torch=$torch" -Djib.console=plain
  say "to push to your registry: $(echo {trainer,eval}-image/target/jib-image-cuda.tar)"
}

# The operator with an archive of its classes, which only the Java runtime of the image itself can read.
operator_app() {
  local app="$PWD/operator/target/quarkus-app"
  step "operator" mvn -B -ntp -q -DskipTests -pl operator -am package >&2
  if [[ -z "${IMAGE_BASE:-}" ]]; then
    app="$(dev/image/operator-app.sh "$app" "$1/opt/jre")"
  fi
  echo "$app"
}

build_java_images() {
  local base torch app archive=-Xshare:auto
  base="$(java_base)"
  torch="$(dev/image/torch.sh "$JAVA_HOME" "$(property libtorch.version)" "$(property djl.version)")"
  app="$(operator_app "$base")"
  [[ ! -f "$app/app.aot" ]] || archive=-XX:AOTCache=app.aot
  step "images of the Java programs" mvn -B -ntp -q -DskipTests -Dquarkus.build.skip=true package "$JIB" \
    "-Dimage.operator-app=$app" "-Dimage.operator-archive=$archive" \
    "-Djib.applicationCache=$CACHE/jib" "-Dimage.base=${IMAGE_BASE:-scratch}" \
    "-Dimage.java-base=$base" "-Dimage.torch=$torch" -Djib.console=plain
}

case "${IMAGE_VARIANT:-}" in
  "") ;;
  cuda) build_cuda_images && exit ;;
  *) die "IMAGE_VARIANT is '$IMAGE_VARIANT'; leave it out, or set it to cuda." ;;
esac
build_java_images
dev/image/minio.sh >/dev/null
mapfile -t tars < <(printf '%s\n' */target/jib-image.tar "$IMAGES/minio.tar")
if [[ "${KEIZOKU_CLUSTER:-}" == existing || ! -f "$STATE/kind" ]]; then
  say "to push to your registry: ${tars[*]}"
else
  dev/cluster/import-images.sh "${tars[@]}"
fi

#!/usr/bin/env bash
# Builds programs from their Go modules, once for each version of go/<module>/go.{mod,sum}.
#   go-programs.sh kubernetes coredns pause minio helm
set -euo pipefail
source "$(dirname "$0")/settings.sh"
source "$(dirname "$0")/report.sh"

readonly MINIMUM_GO=1.25

build() {
  local module="$1" stamp="$BIN/.$1.sum" sum
  sum="$(cd "$DEV_CLUSTER/go/$module" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)"
  [[ ! -f "$stamp" || "$(<"$stamp")" != "$sum" ]] || return 0
  check_go
  say "building $module from Go modules (the first time: some minutes)"
  step "go build of $module" run_build "$module"
  echo "$sum" >"$stamp"
}

run_build() (
  cd "$DEV_CLUSTER/go/$1"
  local flags="-s -w"
  [[ "$1" != kubernetes ]] || flags+="$(kubernetes_version_flags)"
  # No C compiler needed, and the same bytes wherever it is built.
  export CGO_ENABLED=0 GOBIN="$BIN" GOFLAGS=-mod=readonly
  # A line for each of some hundred modules would hide what matters.
  exec 2> >(grep -v '^go: downloading' >&2)
  if [[ -f main.go ]]; then
    nice go build -trimpath -buildvcs=false -ldflags "$flags" -o "$BIN/$1" .
  else
    nice go install -trimpath -buildvcs=false -ldflags "$flags" tool
  fi
)

kubernetes_version_flags() {
  local set=" -X k8s.io/component-base/version"
  printf '%s' "$set.gitVersion=v$KUBERNETES_VERSION" "$set.gitMajor=1" \
    "$set.gitMinor=$(cut -d. -f2 <<<"$KUBERNETES_VERSION")" "$set.gitTreeState=clean"
}

check_go() {
  command -v go >/dev/null ||
    die "Go is not on the PATH: install Go $MINIMUM_GO or newer (https://go.dev/dl), it builds Kubernetes here."
  local version
  version="$(go env GOVERSION)"
  [[ "$(printf '%s\n' "go$MINIMUM_GO" "$version" | sort -V | head -1)" == "go$MINIMUM_GO" ]] ||
    die "Go is $version: install Go $MINIMUM_GO or newer (https://go.dev/dl)."
}

mkdir -p "$BIN"
for module in "$@"; do
  build "$module"
done

#!/usr/bin/env bash
# Prints the home of a JDK 25: JAVA_HOME when it is one, else the newest 25 in the usual places.
# Prints nothing when there is none.
set -euo pipefail

readonly RELEASE=25

is_jdk() {
  [[ -x "$1/bin/javac" && -f "$1/release" ]] && grep -q "^JAVA_VERSION=\"${RELEASE}[.\"-]" "$1/release"
}

if [[ -n "${JAVA_HOME:-}" ]] && is_jdk "$JAVA_HOME"; then
  echo "$JAVA_HOME"
  exit
fi
on_path="$(readlink -f "$(command -v javac)" || true)"
# Newest last by version in the name, so the list is walked from its end.
mapfile -t places < <(printf '%s\n' "${on_path%/bin/javac}" /opt/java/* /opt/jdk* \
  "$HOME"/.sdkman/candidates/java/* /usr/local/java/* /usr/lib/jvm/* | sort -V)
for ((i = ${#places[@]} - 1; i >= 0; i--)); do
  if [[ -n "${places[i]}" ]] && is_jdk "${places[i]}"; then
    echo "${places[i]}"
    exit
  fi
done

# shellcheck shell=bash
# One live line a resource until all five are done; on a terminal the lines are redrawn, in a log only changes appear.

resource_lines() {
  kube -n "$NAMESPACE" get fincorpora,continualpretrains,benchmarkevals -o go-template='
{{- range .items -}}
{{.kind}} {{.metadata.name}} {{with .status}}{{or .phase "Pending"}}{{else}}Pending{{end}}
{{- with .status}}{{with .progress}} {{or .stage "-"}} {{or .step 0}}/{{or .totalSteps "?"}}
{{- with .metrics}}{{with .loss}} loss {{printf "%.3f" .}}{{end}}{{end}}
{{- with .estimatedRemainingSeconds}} ETA {{.}}s{{end}}{{end}}{{end}}
{{end}}'
}

failure_sentences() {
  kube -n "$NAMESPACE" get fincorpora,continualpretrains,benchmarkevals -o go-template='
{{- range .items}}{{if eq (or .status.phase "Pending") "Failed"}}{{.kind}}/{{.metadata.name}}: {{.status.message}}
{{end}}{{end}}'
}

watch_resources() {
  local deadline=$((SECONDS + ${QUICKSTART_TIMEOUT_SECONDS:-1800})) before="" now count=0
  while true; do
    now=$(resource_lines)
    if [ -t 1 ]; then
      [ "$count" -gt 0 ] && printf '\033[%dA' "$count"
      printf '%s\n' "$now" | awk '{ printf "\033[2K  %-18s %-9s %-10s", $1, $2, $3; $1=$2=$3=""; print }'
      count=$(printf '%s\n' "$now" | wc -l)
    elif [ "$now" != "$before" ]; then
      diff <(printf '%s\n' "$before") <(printf '%s\n' "$now") | sed -n "s/^>/$(date +%T)/p" || true
    fi
    before=$now
    if [ -n "$(failure_sentences)" ]; then
      failure_sentences >&2
      return 1
    fi
    [ "$(printf '%s\n' "$now" | awk '$3 != "Succeeded"' | wc -l)" -eq 0 ] && return
    if [ "$SECONDS" -gt "$deadline" ]; then
      echo "Not done in time; see: kubectl -n $NAMESPACE describe fc,cpt,be" >&2
      return 1
    fi
    sleep 2
  done
}

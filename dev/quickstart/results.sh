# shellcheck shell=bash
# The tables at the end, out of the resources' status; nothing here is computed anew.

# What became of the documents of each corpus, and what was found of the benchmarks in it.
corpora() {
  kube -n "$NAMESPACE" get fincorpora -o go-template="$(corpora_template)"
}

corpora_template() {
  cat <<'TEMPLATE'
{{define "n"}}{{printf "%.0f" .}}{{end -}}
{{range .items}}{{$name := .metadata.name}}{{with .status.corpus -}}
{{"  "}}{{$name}}: {{template "n" .documents}} documents for training, {{template "n" .heldOutDocuments}} held out, {{template "n" .tokens}} tokens
{{with .dropped}}{{"    "}}documents dropped:{{range $reason, $n := .}} {{$reason}} {{template "n" $n}};{{end}}
{{end}}{{with .paragraphs}}{{"    "}}lines taken out of the others:{{range .}} {{.source}} {{.rule}} {{template "n" .paragraphs}};{{end}}
{{end}}{{with .benchmarks}}{{"    "}}questions found:{{range .}} {{.name}} {{template "n" .found}} of {{template "n" .questions}} in {{template "n" .documents}} documents;{{end}}
{{end}}{{end}}{{end -}}
TEMPLATE
}

perplexities() {
  kube -n "$NAMESPACE" get continualpretrains -o go-template='
{{- range .items}}{{$run := .metadata.name}}{{range .status.training.perplexity -}}
{{$run}} {{.name}} {{.before}} {{.after}}
{{end}}{{end}}'
}

# Lines "run held-out before after" as a table with the change in percent.
perplexity_table() {
  awk 'BEGIN { printf "  %-8s %-10s %10s %10s %10s\n", "run", "held-out", "before", "after", "change" }
       { printf "  %-8s %-10s %10.2f %10.2f %+9.1f%%\n", $1, $2, $3, $4, 100 * ($4 / $3 - 1) }'
}

scores() {
  kube -n "$NAMESPACE" get benchmarkevals -o go-template='
{{- range .items}}{{with .status.evaluation}}{{range .scores -}}
{{.task}} {{.metric}} {{.base}} {{.tuned}} {{.delta}} {{.ciLow}} {{.ciHigh}} {{.n}}
{{end}}{{range .overall -}}
overall mean {{.base}} {{.tuned}} {{.delta}} {{.ciLow}} {{.ciHigh}} {{.n}}
{{end}}{{end}}{{end}}'
}

# The verdict on each candidate, and what the prompt sets say.
verdicts() {
  kube -n "$NAMESPACE" get benchmarkevals -o go-template='
{{- range .items}}{{$name := .metadata.name}}{{range .status.conditions}}{{if eq .type "GatePassed" -}}
{{"  "}}{{$name}}: GatePassed={{.status}}. {{.message}}
{{end}}{{end}}{{with .status.evaluation}}{{range .summaries}}{{$of := .candidate}}{{with .prompts -}}
{{"  "}}{{$of}} over {{.sets}} prompt sets: {{printf "%+.4f" .worst}} to {{printf "%+.4f" .best}}, the sign differs in {{.flips}}
{{end}}{{end}}{{end}}{{end}}'
}

show_results() {
  echo
  kube -n "$NAMESPACE" get fc,cpt,be
  echo
  echo "What became of the documents"
  corpora
  echo
  echo "Held-out perplexity"
  perplexities | perplexity_table
  echo
  echo "Evaluation: base against tuned, same items, paired bootstrap interval of the difference"
  scores | awk '
    BEGIN { printf "  %-18s %-13s %8s %8s %9s  %-20s %6s\n", "task", "metric", "base", "tuned", "delta", "interval", "n" }
    { printf "  %-18s %-13s %8.4f %8.4f %+9.4f  [%+.4f, %+.4f]   %6d\n", $1, $2, $3, $4, $5, $6, $7, $8 }'
  echo "  Of bits_per_char fewer are better: text that was held out is found likelier."
  echo "  A model this small is near chance on the tasks; an interval that holds 0 shows no difference."
  verdicts
}

# The reports are plain files beside each artifact; a copy is left where a browser finds it.
fetch_reports() {
  local name manifest
  while read -r name manifest; do
    with_credentials dev/run store download "${manifest%/*}/report.html" "target/quickstart/$name" >/dev/null
  done < <(kube -n "$NAMESPACE" get fincorpora,continualpretrains,benchmarkevals -o go-template='
{{- range .items}}{{.metadata.name}} {{.status.artifact.uri}}
{{end}}')
  echo
  echo "Reports:"
  find target/quickstart -name report.html | sort | sed 's/^/  /'
}

{{- define "keizoku.labels" -}}
app.kubernetes.io/name: keizoku
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "keizoku.selector" -}}
app.kubernetes.io/name: keizoku
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "keizoku.operator" -}}
{{ .Release.Name }}-operator
{{- end }}

{{- define "keizoku.minio" -}}
{{ .Release.Name }}-minio
{{- end }}

{{- define "keizoku.minioSecret" -}}
{{ .Values.minio.existingSecret | default (include "keizoku.minio" .) }}
{{- end }}

{{- /* registry/repository:tag[-variant] or @digest; takes (dict "root" . "image" <values>). */}}
{{- define "keizoku.image" -}}
{{- $name := .image.repository -}}
{{- with .root.Values.global.imageRegistry }}{{ $name = printf "%s/%s" . $name }}{{ end -}}
{{- if .image.digest -}}
{{ $name }}@{{ .image.digest }}
{{- else -}}
{{ $name }}:{{ .image.tag | default .root.Chart.AppVersion }}{{ with .image.variant }}-{{ . }}{{ end }}
{{- end -}}
{{- end }}

{{- define "keizoku.endpoint" -}}
{{- if .Values.storage.endpoint -}}
{{ .Values.storage.endpoint }}
{{- else if .Values.minio.enabled -}}
http://{{ include "keizoku.minio" . }}.{{ .Release.Namespace }}.svc:9000
{{- end -}}
{{- end }}

{{- /* PodSecurity restricted. */}}
{{- define "keizoku.podSecurity" -}}
runAsNonRoot: true
{{- if .Values.pods.fixedUser }}
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
{{- end }}
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "keizoku.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{- /* What every pod of a run gets; the operator reads it as JSON. */}}
{{- define "keizoku.pods" -}}
{{- $helpers := .Values.pods.helpers -}}
{{- if not $helpers.resources }}{{ $helpers = omit $helpers "resources" }}{{ end -}}
{{- dict "fixedUser" .Values.pods.fixedUser "imagePullSecrets" .Values.imagePullSecrets "helpers" $helpers | toJson -}}
{{- end }}

{{- /* What the operator does with resources and their children; the least that works, and tested so. */}}
{{- define "keizoku.rules" -}}
- apiGroups: [keizoku.dev]
  resources: [fincorpora, continualpretrains, benchmarkevals]
  verbs: [get, list, watch, patch]
- apiGroups: [keizoku.dev]
  resources: [fincorpora/status, continualpretrains/status, benchmarkevals/status]
  verbs: [patch]
# By name, before a run begins that refers to one.
- apiGroups: [keizoku.dev]
  resources: [runprofiles]
  verbs: [get]
# Owner references with blockOwnerDeletion need it where that admission plugin is on.
- apiGroups: [keizoku.dev]
  resources: [fincorpora/finalizers, continualpretrains/finalizers, benchmarkevals/finalizers]
  verbs: [update]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch, create, delete]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch, create, delete]
# create: only a server-side dry run, which says beforehand whether a namespace takes a run's pod. Whoever may create Jobs
# may have pods made anyway.
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch, create]
- apiGroups: [""]
  resources: [events]
  verbs: [create, list]
# Why Kueue holds a Job back, and at which place it waits.
- apiGroups: [kueue.x-k8s.io]
  resources: [workloads]
  verbs: [list]
- apiGroups: [visibility.kueue.x-k8s.io]
  resources: [localqueues/pendingworkloads]
  verbs: [get]
{{- end }}

{{- /* And where it serves the whole cluster. */}}
{{- define "keizoku.clusterRules" -}}
- apiGroups: [keizoku.dev]
  resources: [clusterrunprofiles]
  verbs: [get]
{{- end }}

{{- /* And where Kueue is told what work is not saved. */}}
{{- define "keizoku.boostRules" -}}
- apiGroups: [kueue.x-k8s.io]
  resources: [workloads]
  verbs: [patch]
{{- end }}

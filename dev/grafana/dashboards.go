package main

import (
	"github.com/grafana/grafana-foundation-sdk/go/bargauge"
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/common"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/stat"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
	"github.com/grafana/grafana-foundation-sdk/go/units"
)

const (
	ofKind  = `{kind=~"$kind"}`
	ofRun   = `{namespace=~"$namespace", kind=~"$kind"}`
	ofTrain = `{namespace=~"$namespace", name=~"$name"}`
)

var source = common.DataSourceRef{Type: cog.ToPtr("prometheus"), Uid: cog.ToPtr("${source}")}

// dashboards by file name: all runs, one training, the operator itself.
func dashboards() map[string]*dashboard.DashboardBuilder {
	return map[string]*dashboard.DashboardBuilder{
		"runs.json": board("keizoku-runs", "Keizoku: runs").
			WithVariable(values("kind", "keizoku_runs", "kind")).
			WithVariable(values("namespace", "keizoku_run_progress_ratio", "namespace")).
			WithPanel(now("Resources by phase", "All that there are.", units.NoUnit,
				query(`sum by (phase) (keizoku_runs`+ofKind+`)`, "{{phase}}"))).
			WithPanel(bars("Progress", "Of each run that goes on.", units.PercentUnit,
				query(`keizoku_run_progress_ratio`+ofRun, "{{kind}} {{namespace}}/{{name}}"))).
			WithPanel(bars("Does not go on by itself", "Each waits for a person: its condition Stalled says what to change.",
				units.NoUnit, query(`keizoku_run_stalled`+ofRun+` == 1`, "{{kind}} {{namespace}}/{{name}}"))).
			WithPanel(curve("Silence", "Time since the program's stage or step last changed.", units.Seconds,
				query(`keizoku_run_silence_seconds`+ofRun, "{{kind}} {{namespace}}/{{name}}"))).
			WithPanel(curve("Phases entered an hour", "", units.NoUnit,
				query(`sum by (kind, phase) (increase(keizoku_run_transitions_total`+ofKind+`[1h]))`, "{{kind}} {{phase}}"))).
			WithPanel(curve("Attempts ended an hour", "By reason; a word that only a program knows counts as Other.", units.NoUnit,
				query(`sum by (kind, reason) (increase(keizoku_attempts_total`+ofKind+`[1h]))`, "{{kind}} {{reason}}"))).
			WithPanel(curve("Mean wait in a queue", "Or for a node with room; of those that began in the last hour.", units.Seconds,
				mean("keizoku_queue_wait_seconds"))).
			WithPanel(curve("Mean running time", "Of runs that ended in the last day, all attempts.", units.Seconds,
				query(`sum by (kind, phase) (increase(keizoku_run_duration_seconds_sum`+ofKind+`[1d]))
  / (sum by (kind, phase) (increase(keizoku_run_duration_seconds_count`+ofKind+`[1d])) > 0)`, "{{kind}} {{phase}}"))).
			WithPanel(bars("GPU hours by namespace", "Within the time shown, attempts that ended.", units.Hours,
				query(`sum by (namespace) (increase(keizoku_gpu_seconds_total`+ofRun+`[$__range])) / 3600`, "{{namespace}}"))),
		"training.json": board("keizoku-training", "Keizoku: training").
			WithVariable(values("namespace", "keizoku_train_step", "namespace")).
			WithVariable(values("name", `keizoku_train_step{namespace=~"$namespace"}`, "name")).
			WithPanel(now("Step", "Optimizer steps done.", units.NoUnit, ofEach("keizoku_train_step"))).
			WithPanel(now("Progress", "", units.PercentUnit,
				query(`keizoku_run_progress_ratio{kind="continualpretrain", namespace=~"$namespace", name=~"$name"}`, "{{namespace}}/{{name}}"))).
			WithPanel(curve("Loss", "Mean of the last step, nats a token.", units.NoUnit, ofEach("keizoku_train_loss"))).
			WithPanel(curve("Tokens a second", "All devices together.", units.NoUnit, ofEach("keizoku_train_tokens_per_second"))).
			WithPanel(curve("Age of the newest checkpoint", "What is lost when the pod goes now.", units.Seconds, ofEach("keizoku_checkpoint_age_seconds"))).
			WithPanel(curve("Silence", "Time since stage or step last changed; spec.stallTimeoutSeconds ends the attempt.", units.Seconds,
				query(`keizoku_run_silence_seconds{kind="continualpretrain", namespace=~"$namespace", name=~"$name"}`, "{{namespace}}/{{name}}"))),
		"operator.json": board("keizoku-operator", "Keizoku: operator").
			WithPanel(curve("Reconciliations a second", "", units.NoUnit,
				rate("reconciliations_started_total", "{{controller_name}} started"),
				rate("reconciliations_failure_total", "{{controller_name}} failed"))).
			WithPanel(curve("Events a second", "Of resources and of what belongs to them.", units.NoUnit,
				rate("events_received_total", "{{controller_name}}"))).
			WithPanel(curve("Time of a reconciliation", "99 of 100 are done in it.", units.Seconds,
				query(`histogram_quantile(0.99, sum by (controller_name, le) (rate(reconciliations_execution_duration_seconds_bucket[5m])))`,
					"{{controller_name}}"))).
			WithPanel(curve("Waiting in the operator's queues", "", units.NoUnit,
				query(`sum by (controller_name) (reconciliations_queue)`, "{{controller_name}}"))).
			WithPanel(curve("Heap", "", units.BytesIEC,
				query(`sum by (instance) (jvm_memory_used_bytes{area="heap"} and on (instance) keizoku_runs)`, "{{instance}} used"),
				query(`sum by (instance) (jvm_memory_max_bytes{area="heap"} and on (instance) keizoku_runs)`, "{{instance}} limit"))).
			WithPanel(curve("Processor", "Share of the cores that it sees.", units.PercentUnit, query(`process_cpu_usage and on (instance) keizoku_runs`, "{{instance}}"))),
	}
}

func board(uid, title string) *dashboard.DashboardBuilder {
	return dashboard.NewDashboardBuilder(title).Uid(uid).Tags([]string{"keizoku"}).Refresh("30s").Time("now-6h", "now").
		WithVariable(dashboard.NewDatasourceVariableBuilder("source").Type("prometheus"))
}

func values(name, metric, label string) *dashboard.QueryVariableBuilder {
	ask := "label_values(" + metric + ", " + label + ")"
	return dashboard.NewQueryVariableBuilder(name).Datasource(source).Query(dashboard.StringOrMap{String: &ask}).
		Refresh(dashboard.VariableRefreshOnTimeRangeChanged).Multi(true).IncludeAll(true).AllValue(".*")
}

func query(expr, legend string) *prometheus.DataqueryBuilder {
	return prometheus.NewDataqueryBuilder().Expr(expr).LegendFormat(legend)
}

func ofEach(metric string) *prometheus.DataqueryBuilder {
	return query(metric+ofTrain, "{{namespace}}/{{name}}")
}

func rate(counter, legend string) *prometheus.DataqueryBuilder {
	return query("sum by (controller_name) (rate("+counter+"[5m]))", legend)
}

func mean(timer string) *prometheus.DataqueryBuilder {
	return query(`sum by (kind) (increase(`+timer+`_sum`+ofKind+`[1h]))
  / (sum by (kind) (increase(`+timer+`_count`+ofKind+`[1h])) > 0)`, "{{kind}}")
}

func now(title, text, unit string, target *prometheus.DataqueryBuilder) *stat.PanelBuilder {
	return stat.NewPanelBuilder().Title(title).Description(text).Datasource(source).Unit(unit).Span(12).Height(6).
		Orientation(common.VizOrientationAuto).ReduceOptions(last()).WithTarget(target.RefId("A"))
}

func bars(title, text, unit string, target *prometheus.DataqueryBuilder) *bargauge.PanelBuilder {
	return bargauge.NewPanelBuilder().Title(title).Description(text).Datasource(source).Unit(unit).Span(12).Height(7).
		Orientation(common.VizOrientationHorizontal).ReduceOptions(last()).WithTarget(target.RefId("A").Instant())
}

func last() *common.ReduceDataOptionsBuilder {
	return common.NewReduceDataOptionsBuilder().Calcs([]string{"lastNotNull"})
}

func curve(title, text, unit string, targets ...*prometheus.DataqueryBuilder) *timeseries.PanelBuilder {
	panel := timeseries.NewPanelBuilder().Title(title).Description(text).Datasource(source).Unit(unit).Span(12).Height(8).Min(0)
	for i, target := range targets {
		panel.WithTarget(target.RefId(string(rune('A' + i))))
	}
	return panel
}

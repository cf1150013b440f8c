// Command grafana makes the chart's dashboards, or checks that the files are those: by Grafana's own schema (strict: no
// field that it does not know), every query by Prometheus' own parser. With a file of a real scrape it also checks that
// every metric asked for is one that the operator shows.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql/parser"
)

var (
	write  = flag.Bool("write", false, "write the files anew")
	scrape = flag.String("scrape", "", "file of a scrape of the operator's /q/metrics")
	folder = flag.String("folder", "../../charts/keizoku/files/dashboards", "where the dashboards lie")
	// Grafana puts these in before Prometheus sees a query.
	variables = strings.NewReplacer("$__range", "6h", "$namespace", "x", "$kind", "x", "$name", "x")
)

func check(err error, what string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
		os.Exit(1)
	}
}

// found errors; the library gives an empty list of them where it found none.
func found(err error) error {
	var all cog.BuildErrors
	if errors.As(err, &all) && len(all) == 0 {
		return nil
	}
	return err
}

func main() {
	flag.Parse()
	plugins.RegisterDefaultPlugins()
	var asked []string
	for name, builder := range dashboards() {
		board, err := builder.Build()
		check(err, name)
		text, err := json.MarshalIndent(board, "", " ")
		check(err, name)
		text = append(text, '\n')
		path := filepath.Join(*folder, name)
		if *write {
			check(os.WriteFile(path, text, 0o644), path)
		}
		file, err := os.ReadFile(path)
		check(err, path)
		if !bytes.Equal(file, text) {
			check(fmt.Errorf("is not what dashboards.go makes; run dev/grafana/check.sh -write"), path)
		}
		var read dashboard.Dashboard
		check(found(read.UnmarshalJSONStrict(file)), path)
		check(found(read.Validate()), path)
		asked = append(asked, metrics(path, text)...)
	}
	if *scrape != "" {
		shown, err := os.ReadFile(*scrape)
		check(err, *scrape)
		for _, metric := range asked {
			if !regexp.MustCompile(`(?m)^` + metric + `[{ ]`).Match(shown) {
				check(fmt.Errorf("the operator shows no such metric"), metric)
			}
		}
	}
	slices.Sort(asked)
	fmt.Printf("%d dashboards ask for %d metrics\n", len(dashboards()), len(slices.Compact(asked)))
}

// metrics of a dashboard's queries, after the parser took each.
func metrics(path string, text []byte) []string {
	var board struct {
		Panels []struct {
			Targets []struct {
				Expr string `json:"expr"`
			} `json:"targets"`
		} `json:"panels"`
	}
	check(json.Unmarshal(text, &board), path)
	var names []string
	for _, panel := range board.Panels {
		if len(panel.Targets) == 0 {
			check(fmt.Errorf("a panel asks nothing"), path)
		}
		for _, target := range panel.Targets {
			expr, err := parser.NewParser(parser.Options{}).ParseExpr(variables.Replace(target.Expr))
			check(err, path+": "+target.Expr)
			parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
				if selector, ok := node.(*parser.VectorSelector); ok {
					names = append(names, nameOf(selector))
				}
				return nil
			})
		}
	}
	return names
}

func nameOf(selector *parser.VectorSelector) string {
	for _, matcher := range selector.LabelMatchers {
		if matcher.Name == labels.MetricName {
			return matcher.Value
		}
	}
	return selector.Name
}

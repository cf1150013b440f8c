// Command operator measures the operator beside Kubeflow Trainer with JobSet: each on a real kube-apiserver and etcd of
// its own, with the same Job controller, in turns.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"path/filepath"
	"slices"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
)

var (
	resources     = flag.Int("resources", 1000, "created at once")
	rounds        = flag.Int("rounds", 3, "of each side, in turns")
	finish        = flag.Bool("finish", false, "let the programs of our side end well, so that all is finished at last")
	running       = flag.Int("running", 0, "so many besides on our side whose programs are at work and answer, while the rest is quiet")
	alone         = flag.Bool("alone", false, "without the peer")
	binaries      = flag.String("binaries", "", "folder with etcd and kube-apiserver")
	peers         = flag.String("peers", "", "folder with jobset and trainer-controller-manager")
	jobSetModule  = flag.String("jobset-module", "", "folder of JobSet's Go module")
	trainerModule = flag.String("trainer-module", "", "folder of Trainer's Go module")
	java          = flag.String("java", "", "of the image")
	operator      = flag.String("operator", "", "folder /operator of the image")
	javaOptions   = flag.String("java-options", "", "of the chart")
	root          = must(filepath.Abs("../.."))
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func parse(text string) *unstructured.Unstructured {
	object := &unstructured.Unstructured{}
	check(yaml.NewYAMLOrJSONDecoder(bytes.NewReader([]byte(text)), 4096).Decode(object))
	return object
}

func main() {
	flag.Parse()
	sides := []side{keizoku, kubeflow}
	if *alone {
		sides = sides[:1]
	}
	all := map[string][]figures{}
	fmt.Printf("%d resources at once\n%-9s %7s %9s %9s %9s %8s %9s %9s %6s %10s %11s %12s\n", *resources, "side", "start s",
		"created s", "last Job", "restart s", "work s", "peak MiB", "quiet MiB", "calls", "< 250 ms %", "quiet cores", "quiet writes")
	for range *rounds {
		for _, s := range sides {
			f := measure(s, *resources)
			all[s.name] = append(all[s.name], f)
			fmt.Printf("%-9s %7.1f %9.1f %9.1f %9.1f %8.1f %9.0f %9.0f %6.1f %10.2f %11.3f %12.0f\n", s.name, f.start.Seconds(),
				f.created.Seconds(), f.lastJob.Seconds(), f.restart.Seconds(), f.restartWork, f.peak, f.quiet, f.calls, 100*f.quick,
				f.quietCores, f.quietWrites)
		}
	}
	if *alone {
		return
	}
	lastJob := func(f figures) float64 { return f.lastJob.Seconds() }
	peak := func(f figures) float64 { return f.peak }
	ours, theirs := all[keizoku.name], all[kubeflow.name]
	fmt.Printf("spread of the last Job: ours %s, theirs %s\n", spread(ours, lastJob), spread(theirs, lastJob))
	fmt.Printf("ratio of medians, ours / theirs: last Job %.2f, peak memory %.2f\n",
		median(ours, lastJob)/median(theirs, lastJob), median(ours, peak)/median(theirs, peak))
}

func sorted(all []figures, of func(figures) float64) []float64 {
	var values []float64
	for _, f := range all {
		values = append(values, of(f))
	}
	slices.Sort(values)
	return values
}

func median(all []figures, of func(figures) float64) float64 {
	values := sorted(all, of)
	middle := len(values) / 2
	if len(values)%2 == 0 {
		return (values[middle-1] + values[middle]) / 2
	}
	return values[middle]
}

func spread(all []figures, of func(figures) float64) string {
	values := sorted(all, of)
	return fmt.Sprintf("%.1f to %.1f s", values[0], values[len(values)-1])
}

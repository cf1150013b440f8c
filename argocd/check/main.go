// Command check runs the scripts of argocd-cm.yaml by Argo CD's own Lua runner over their test data, which lie in Argo
// CD's own layout. With -write it makes argocd-cm.yaml out of the scripts first.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	appv1 "github.com/argoproj/argo-cd/v2/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v2/util/lua"
	"github.com/argoproj/gitops-engine/pkg/health"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

const (
	group      = "keizoku.dev"
	configFile = "argocd-cm.yaml"
)

var (
	folder  = filepath.Join("resource_customizations", group, "_")
	kinds   = []string{"FinCorpus", "ContinualPretrain", "BenchmarkEval"}
	actions = []string{"suspend", "resume", "checkpoint", "retry"}
	// Annotations whose value is the time.
	timed  = []string{"keizoku.dev/checkpoint", "keizoku.dev/retry"}
	failed  = 0
)

type configMap struct {
	APIVersion string            `json:"apiVersion"`
	Kind       string            `json:"kind"`
	Metadata   map[string]string `json:"metadata"`
	Data       map[string]string `json:"data"`
}

type healthTests struct {
	Tests []struct {
		HealthStatus health.HealthStatus `json:"healthStatus"`
		InputPath    string              `json:"inputPath"`
	} `json:"tests"`
}

type actionTests struct {
	DiscoveryTests []struct {
		InputPath string                 `json:"inputPath"`
		Result    []appv1.ResourceAction `json:"result"`
	} `json:"discoveryTests"`
	ActionTests []struct {
		Action             string `json:"action"`
		InputPath          string `json:"inputPath"`
		ExpectedOutputPath string `json:"expectedOutputPath"`
	} `json:"actionTests"`
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func read(path ...string) string { return string(must(os.ReadFile(filepath.Join(path...)))) }

func parse[T any](text string) T {
	var value T
	check(yaml.Unmarshal([]byte(text), &value))
	return value
}

func object(path string) *unstructured.Unstructured {
	return &unstructured.Unstructured{Object: parse[map[string]any](read(folder, path))}
}

func expect(name string, wanted, got any) {
	if !reflect.DeepEqual(wanted, got) {
		failed++
		fmt.Printf("FAILED %s\n  wanted %v\n  got    %v\n", name, wanted, got)
	}
}

// config is what a user applies: a part of Argo CD's own ConfigMap.
func config() string {
	definitions := appv1.ResourceActions{ActionDiscoveryLua: read(folder, "actions", "discovery.lua")}
	for _, name := range actions {
		definitions.Definitions = append(definitions.Definitions,
			appv1.ResourceActionDefinition{Name: name, ActionLua: read(folder, "actions", name, "action.lua")})
	}
	data := map[string]string{}
	for _, kind := range kinds {
		data["resource.customizations.health."+group+"_"+kind] = read(folder, "health.lua")
		data["resource.customizations.actions."+group+"_"+kind] = string(must(yaml.Marshal(definitions)))
	}
	metadata := map[string]string{"name": "argocd-cm", "namespace": "argocd"}
	return "# Made by argocd/check.sh -write out of resource_customizations. kubectl -n argocd patch configmap argocd-cm\n" +
		"# --patch-file argocd/argocd-cm.yaml\n" +
		string(must(yaml.Marshal(configMap{"v1", "ConfigMap", metadata, data})))
}

// runner is Argo CD's, with what the ConfigMap says.
func runner(text string) lua.VM {
	data := parse[configMap](text).Data
	overrides := map[string]appv1.ResourceOverride{}
	for _, kind := range kinds {
		overrides[group+"/"+kind] = appv1.ResourceOverride{
			HealthLua: data["resource.customizations.health."+group+"_"+kind],
			Actions:   data["resource.customizations.actions."+group+"_"+kind],
		}
	}
	return lua.VM{ResourceOverrides: overrides}
}

func testHealth(vm lua.VM) {
	for _, test := range parse[healthTests](read(folder, "health_test.yaml")).Tests {
		input := object(test.InputPath)
		script, _, err := vm.GetHealthScript(input)
		check(err)
		expect("health of "+test.InputPath, test.HealthStatus, *must(vm.ExecuteHealthLua(input, script)))
	}
}

func testDiscovery(vm lua.VM, tests actionTests) {
	for _, test := range tests.DiscoveryTests {
		input := object(test.InputPath)
		found := must(vm.ExecuteResourceActionDiscovery(input, must(vm.GetResourceActionDiscovery(input))))
		got, wanted := map[string]bool{}, map[string]bool{}
		for _, action := range found {
			got[action.Name] = action.Disabled
		}
		for _, action := range test.Result {
			wanted[action.Name] = action.Disabled
		}
		expect("actions of "+test.InputPath, wanted, got)
	}
}

func testActions(vm lua.VM, tests actionTests) {
	for _, test := range tests.ActionTests {
		input := object(test.InputPath)
		action := must(vm.GetResourceAction(input, test.Action))
		changed := must(vm.ExecuteResourceAction(input, action.ActionLua))
		got := changed[0].UnstructuredObj
		annotations := got.GetAnnotations()
		for _, name := range timed {
			if annotations[name] != "" {
				annotations[name] = "NOW"
			}
		}
		wanted := object(test.ExpectedOutputPath)
		expect(test.Action+" of "+test.InputPath, wanted.GetAnnotations(), annotations)
		wanted.SetAnnotations(nil)
		got.SetAnnotations(nil)
		expect("the rest after "+test.Action, must(yaml.Marshal(wanted.Object)), must(yaml.Marshal(got.Object)))
	}
}

func main() {
	write := flag.Bool("write", false, "make "+configFile+" out of the scripts")
	flag.Parse()
	made := config()
	if *write {
		check(os.WriteFile(configFile, []byte(made), 0o644))
	}
	text := read(configFile)
	if text != made {
		fmt.Println("FAILED " + configFile + " is not what the scripts make of it: run argocd/check.sh -write")
		failed++
	}
	vm := runner(text)
	tests := parse[actionTests](read(folder, "actions", "action_test.yaml"))
	testHealth(vm)
	testDiscovery(vm, tests)
	testActions(vm, tests)
	if failed > 0 {
		os.Exit(1)
	}
	fmt.Println("Argo CD: health, discovery and actions are as their tests say")
}

// Command olm makes a bundle of the Operator Lifecycle Manager (format registry+v1) out of the chart, and checks it by the
// validators of the Operator Framework. Standard input is what helm template gives; the arguments are the chart's folder, a
// folder with examples of the resources, and the folder that the bundle is written to.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/blang/semver/v4"
	"github.com/operator-framework/api/pkg/lib/version"
	"github.com/operator-framework/api/pkg/manifests"
	"github.com/operator-framework/api/pkg/operators/v1alpha1"
	"github.com/operator-framework/api/pkg/validation"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

const (
	pkg      = "keizoku"
	channel  = "candidate-v0"
	maturity = "alpha"
	watched  = "QUARKUS_OPERATOR_SDK_NAMESPACES"
	image    = "KEIZOKU_IMAGES_"
	readable = 0o644
)

// helms are labels that say who installed it.
var helms = map[string]bool{"app.kubernetes.io/managed-by": true, "helm.sh/chart": true}

type chart struct {
	Description string   `json:"description"`
	Version     string   `json:"version"`
	KubeVersion string   `json:"kubeVersion"`
	Keywords    []string `json:"keywords"`
}

// rendered is what helm made of the chart.
type rendered struct {
	account    corev1.ServiceAccount
	deployment appsv1.Deployment
	rules      []rbacv1.PolicyRule
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "olm:", err)
		os.Exit(1)
	}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func read[T any](path string) T {
	var value T
	check(yaml.UnmarshalStrict(must(os.ReadFile(path)), &value))
	return value
}

func as[T any](object map[string]any) T {
	var value T
	check(runtime.DefaultUnstructuredConverter.FromUnstructured(object, &value))
	return value
}

func objects(in io.Reader) []map[string]any {
	var all []map[string]any
	for decoder := kubeyaml.NewYAMLOrJSONDecoder(in, 4096); ; {
		var object map[string]any
		err := decoder.Decode(&object)
		if err == io.EOF {
			return all
		}
		check(err)
		if len(object) > 0 {
			all = append(all, object)
		}
	}
}

func parse(in io.Reader) rendered {
	var all rendered
	for _, object := range objects(in) {
		switch kind := object["kind"]; kind {
		case "ServiceAccount":
			all.account = as[corev1.ServiceAccount](object)
		case "Deployment":
			all.deployment = as[appsv1.Deployment](object)
		case "ClusterRole", "Role":
			all.rules = append(all.rules, as[rbacv1.ClusterRole](object).Rules...)
		case "ClusterRoleBinding", "RoleBinding":
			// The manager binds what the bundle asks for.
		default:
			check(fmt.Errorf("a bundle holds no %v: leave it out of the values, and apply it besides", kind))
		}
	}
	return all
}

// permissions tells the rules of namespaces, which the manager gives in those that the operator serves, from the cluster's.
func permissions(all rendered, definitions []apiextensions.CustomResourceDefinition) (namespaced, cluster []v1alpha1.StrategyDeploymentPermissions) {
	isClusters := func(resource string) bool {
		return slices.ContainsFunc(definitions, func(d apiextensions.CustomResourceDefinition) bool {
			return d.Spec.Scope == apiextensions.ClusterScoped && d.Spec.Names.Plural == resource
		})
	}
	of := map[bool][]rbacv1.PolicyRule{}
	for _, rule := range all.rules {
		clusters := slices.ContainsFunc(rule.Resources, isClusters)
		of[clusters] = append(of[clusters], rule)
	}
	grant := func(rules []rbacv1.PolicyRule) []v1alpha1.StrategyDeploymentPermissions {
		return []v1alpha1.StrategyDeploymentPermissions{{ServiceAccountName: all.account.Name, Rules: rules}}
	}
	return grant(of[false]), grant(of[true])
}

// podSpec is the chart's, serving the namespaces of the OperatorGroup. The manager makes the account, so what the chart writes
// on it stands here.
func podSpec(all rendered) appsv1.DeploymentSpec {
	spec := all.deployment.Spec
	pod := &spec.Template.Spec
	pod.ImagePullSecrets = all.account.ImagePullSecrets
	field := &corev1.ObjectFieldSelector{FieldPath: "metadata.annotations['olm.targetNamespaces']"}
	others := slices.DeleteFunc(pod.Containers[0].Env, func(v corev1.EnvVar) bool { return v.Name == watched })
	pod.Containers[0].Env = append(others, corev1.EnvVar{Name: watched, ValueFrom: &corev1.EnvVarSource{FieldRef: field}})
	return spec
}

func relatedImages(pod corev1.PodSpec) []v1alpha1.RelatedImage {
	images := []v1alpha1.RelatedImage{{Name: "operator", Image: pod.Containers[0].Image}}
	for _, variable := range pod.Containers[0].Env {
		program, isImage := strings.CutPrefix(variable.Name, image)
		if isImage && program != "PULL_POLICY" {
			images = append(images, v1alpha1.RelatedImage{Name: strings.ToLower(program), Image: variable.Value})
		}
	}
	return images
}

func owned(definitions []apiextensions.CustomResourceDefinition) []v1alpha1.CRDDescription {
	var all []v1alpha1.CRDDescription
	for _, definition := range definitions {
		served := definition.Spec.Versions[0]
		all = append(all, v1alpha1.CRDDescription{
			Name: definition.Name, Version: served.Name, Kind: definition.Spec.Names.Kind,
			DisplayName: definition.Spec.Names.Kind, Description: served.Schema.OpenAPIV3Schema.Description,
		})
	}
	return all
}

// examples gives the first of each kind, as the console offers them to users.
func examples(folder string) string {
	var all []map[string]any
	seen := map[any]bool{}
	for _, path := range must(filepath.Glob(filepath.Join(folder, "*", "*.yaml"))) {
		file := must(os.Open(path))
		for _, object := range objects(file) {
			if !seen[object["kind"]] {
				seen[object["kind"]] = true
				all = append(all, object)
			}
		}
		check(file.Close())
	}
	return string(must(json.MarshalIndent(all, "", "  ")))
}

func serviceVersion(about chart, all rendered, definitions []apiextensions.CustomResourceDefinition, exampleFolder string) v1alpha1.ClusterServiceVersion {
	namespaced, cluster := permissions(all, definitions)
	pod := podSpec(all)
	labels := maps.Clone(all.deployment.Labels)
	maps.DeleteFunc(labels, func(name, _ string) bool { return helms[name] })
	var modes []v1alpha1.InstallMode
	for _, mode := range []v1alpha1.InstallModeType{v1alpha1.InstallModeTypeOwnNamespace, v1alpha1.InstallModeTypeSingleNamespace,
		v1alpha1.InstallModeTypeMultiNamespace, v1alpha1.InstallModeTypeAllNamespaces} {
		modes = append(modes, v1alpha1.InstallMode{Type: mode, Supported: true})
	}
	return v1alpha1.ClusterServiceVersion{
		TypeMeta: metav1.TypeMeta{APIVersion: v1alpha1.ClusterServiceVersionAPIVersion, Kind: v1alpha1.ClusterServiceVersionKind},
		ObjectMeta: metav1.ObjectMeta{
			Name: pkg + ".v" + about.Version,
			Annotations: map[string]string{
				"alm-examples":   examples(exampleFolder),
				"capabilities":   "Seamless Upgrades",
				"categories":     "AI/Machine Learning",
				"containerImage": pod.Template.Spec.Containers[0].Image,
				"description":    about.Description,
			},
		},
		Spec: v1alpha1.ClusterServiceVersionSpec{
			DisplayName:    "Keizoku",
			Description:    about.Description + ".",
			Version:        version.OperatorVersion{Version: semver.MustParse(about.Version)},
			Maturity:       maturity,
			MinKubeVersion: strings.TrimSuffix(strings.TrimPrefix(about.KubeVersion, ">="), "-0"),
			Keywords:       about.Keywords,
			Provider:       v1alpha1.AppLink{Name: "Keizoku"},
			Maintainers:    []v1alpha1.Maintainer{},
			InstallModes:   modes,
			RelatedImages:  relatedImages(pod.Template.Spec),
			CustomResourceDefinitions: v1alpha1.CustomResourceDefinitions{
				Owned: owned(definitions),
			},
			InstallStrategy: v1alpha1.NamedInstallStrategy{
				StrategyName: v1alpha1.InstallStrategyNameDeployment,
				StrategySpec: v1alpha1.StrategyDetailsDeployment{
					DeploymentSpecs: []v1alpha1.StrategyDeploymentSpec{{
						Name: all.deployment.Name, Label: labels, Spec: pod,
					}},
					Permissions: namespaced, ClusterPermissions: cluster,
				},
			},
		},
	}
}

func write(folder, name string, content []byte) {
	check(os.MkdirAll(folder, 0o755))
	check(os.WriteFile(filepath.Join(folder, name), content, readable))
}

// annotations are what an image of the bundle carries as labels.
func annotations(bundle string) {
	prefix := "operators.operatorframework.io.bundle."
	labels := []string{
		prefix + "mediatype.v1: registry+v1", prefix + "manifests.v1: manifests/", prefix + "metadata.v1: metadata/",
		prefix + "package.v1: " + pkg, prefix + "channels.v1: " + channel, prefix + "channel.default.v1: " + channel,
	}
	write(filepath.Join(bundle, "metadata"), "annotations.yaml", []byte("annotations:\n  "+strings.Join(labels, "\n  ")+"\n"))
	dockerfile := "FROM scratch\n"
	for _, label := range labels {
		dockerfile += "LABEL " + strings.Replace(label, ": ", "=", 1) + "\n"
	}
	write(bundle, "bundle.Dockerfile", []byte(dockerfile+"COPY manifests /manifests/\nCOPY metadata /metadata/\n"))
}

func isValid(bundle string) bool {
	made := must(manifests.GetBundleFromDir(bundle))
	validators := append(slices.Clone(validation.DefaultBundleValidators), validation.OperatorHubV2Validator,
		validation.StandardCategoriesValidator, validation.StandardCapabilitiesValidator, validation.GoodPracticesValidator)
	valid := true
	for _, result := range validators.Validate(made) {
		for _, finding := range append(result.Errors, result.Warnings...) {
			fmt.Println(finding.Error())
		}
		valid = valid && len(result.Errors) == 0
	}
	return valid
}

func main() {
	chartFolder, exampleFolder, bundle := os.Args[1], os.Args[2], os.Args[3]
	var definitions []apiextensions.CustomResourceDefinition
	for _, path := range must(filepath.Glob(filepath.Join(chartFolder, "crds", "*.yaml"))) {
		definitions = append(definitions, read[apiextensions.CustomResourceDefinition](path))
		write(filepath.Join(bundle, "manifests"), filepath.Base(path), must(os.ReadFile(path)))
	}
	var about chart
	check(yaml.Unmarshal(must(os.ReadFile(filepath.Join(chartFolder, "Chart.yaml"))), &about))
	made := serviceVersion(about, parse(os.Stdin), definitions, exampleFolder)
	write(filepath.Join(bundle, "manifests"), pkg+".clusterserviceversion.yaml", must(yaml.Marshal(made)))
	annotations(bundle)
	if !isValid(bundle) {
		os.Exit(1)
	}
	fmt.Printf("olm: %s is valid\n", made.Name)
}

package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/restmapper"
)

// side is an operator with its definitions: ours, or a peer.
type side struct {
	name     string
	install  func(c *cluster)
	start    func(c *cluster) []*program
	resource schema.GroupVersionResource
	// manifest of one resource; its metadata.name is set by the load.
	manifest string
}

var keizoku = side{
	name:     "keizoku",
	install:  func(c *cluster) { c.apply(filepath.Join(root, "charts/keizoku/crds/*.yaml")) },
	resource: schema.GroupVersionResource{Group: "keizoku.dev", Version: "v1alpha1", Resource: "fincorpora"},
	manifest: `
apiVersion: keizoku.dev/v1alpha1
kind: FinCorpus
spec:
  sources: [{name: filings, uri: "s3://research/filings/", licence: PDL-1.0}]
  tokenizer: {uri: "s3://research/base/"}
`,
	// As image and chart start it.
	start: func(c *cluster) []*program {
		port := freePort()
		c.management = at("http", port) + "/q/"
		if c.answering == nil {
			c.answering = answerForProgress()
		}
		env := []string{"KUBECONFIG=" + c.kubeconfig, "KUBERNETES_NAMESPACE=default", "KEIZOKU_STORAGE_BUCKET=keizoku",
			"KEIZOKU_STORAGE_ENDPOINT=http://127.0.0.1:9000", "QUARKUS_LOG_CONSOLE_JSON_ENABLED=true",
			"MALLOC_ARENA_MAX=2",
			"JAVA_TOOL_OPTIONS=" + *javaOptions, fmt.Sprint("QUARKUS_HTTP_PORT=", port),
			fmt.Sprint("KEIZOKU_PROGRESS_PORT=", c.answering.port)}
		return []*program{start(c.folder, "keizoku", env, "env", "-C", *operator, *java, "-XX:AOTCache=app.aot", "-XX:+UseSerialGC",
			"-XX:+UseCompactObjectHeaders", "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0", "-XX:+ExitOnOutOfMemoryError",
			"-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-jar", "quarkus-run.jar")}
	},
}

// Without its own limit of 50 requests a second and with ten workers, JobSet with its default of 500 requests.
const trainerConfig = `
apiVersion: config.trainer.kubeflow.org/v1alpha1
kind: Configuration
health: {healthProbeBindAddress: "0"}
metrics: {bindAddress: "0"}
webhook: {port: %d}
leaderElection: {leaderElect: false}
controller: {groupKindConcurrency: {TrainJob.trainer.kubeflow.org: 10}}
certManagement: {enable: false}
clientConnection: {qps: 500, burst: 1000}
`

const jobSetConfig = `
apiVersion: config.jobset.x-k8s.io/v1alpha1
kind: Configuration
webhook: {port: %d, certDir: %s}
leaderElection: {leaderElect: false}
internalCertManagement: {enable: false}
`

var kubeflow = side{
	name:     "kubeflow",
	resource: schema.GroupVersionResource{Group: "trainer.kubeflow.org", Version: "v1alpha1", Resource: "trainjobs"},
	manifest: `
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
spec:
  runtimeRef: {name: torch-distributed}
  trainer: {numNodes: 1, image: trainer}
`,
	install: func(c *cluster) {
		c.apply(filepath.Join(*jobSetModule, "config/components/crd/bases/*.yaml"))
		c.apply(filepath.Join(*trainerModule, "manifests/base/crds/trainer*.yaml"))
		c.apply(filepath.Join(*trainerModule, "manifests/base/runtimes/torch_distributed.yaml"))
	},
	start: func(c *cluster) []*program {
		certificates := filepath.Join(c.folder, "webhook")
		ca := certificate(certificates)
		port := freePort()
		c.defaultJobSets(port, ca)
		config := func(name, text string) string {
			file := filepath.Join(c.folder, name)
			check(os.WriteFile(file, []byte(text), 0o644))
			return file
		}
		// Trainer takes its certificate from a folder below the temporary one.
		own := filepath.Join(c.folder, "k8s-webhook-server/serving-certs")
		certificate(own)
		env := []string{"KUBECONFIG=" + c.kubeconfig, "TMPDIR=" + c.folder}
		return []*program{
			start(c.folder, "jobset", env, filepath.Join(*peers, "jobset"), "--metrics-bind-address=0", "--health-probe-bind-address=0",
				"--zap-devel=false", "--config="+config("jobset.yaml", fmt.Sprintf(jobSetConfig, port, certificates))),
			start(c.folder, "trainer", env, filepath.Join(*peers, "trainer-controller-manager"), "--zap-log-level=error",
				"--config="+config("trainer.yaml", fmt.Sprintf(trainerConfig, freePort()))),
		}
	},
}

// defaultJobSets has JobSet's own webhook set its defaults, as its installation does.
func (c *cluster) defaultJobSets(port int, ca []byte) {
	for _, object := range documents(filepath.Join(*jobSetModule, "config/components/webhook/manifests.yaml")) {
		if object.GetKind() != "MutatingWebhookConfiguration" {
			continue
		}
		hook := object.Object["webhooks"].([]any)[0].(map[string]any)
		hook["clientConfig"] = map[string]any{"caBundle": base64.StdEncoding.EncodeToString(ca), "url": at("https", port) + "/mutate-jobset-x-k8s-io-v1alpha2-jobset"}
		object.Object["webhooks"] = []any{hook}
		c.put(object)
	}
}

// certificate of 127.0.0.1 in a folder, signed by itself.
func certificate(folder string) []byte {
	check(os.MkdirAll(folder, 0o755))
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "bench"}, IsCA: true,
		BasicConstraintsValid: true, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.ParseIP("127.0.0.1")}}
	der := must(x509.CreateCertificate(rand.Reader, template, template, key.Public(), key))
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	check(os.WriteFile(filepath.Join(folder, "tls.crt"), text, 0o644))
	check(os.WriteFile(filepath.Join(folder, "tls.key"),
		pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: must(x509.MarshalECPrivateKey(key))}), 0o600))
	return text
}

func documents(pattern string) []*unstructured.Unstructured {
	var all []*unstructured.Unstructured
	for _, file := range must(filepath.Glob(pattern)) {
		decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(must(os.ReadFile(file))), 4096)
		for {
			object := &unstructured.Unstructured{}
			err := decoder.Decode(object)
			if errors.Is(err, io.EOF) {
				break
			}
			check(err)
			if len(object.Object) > 0 {
				all = append(all, object)
			}
		}
	}
	if len(all) == 0 {
		check(fmt.Errorf("%s: no such file", pattern))
	}
	return all
}

// apply what lies there; a definition is in force when this returns.
func (c *cluster) apply(pattern string) {
	for _, object := range documents(pattern) {
		c.put(object)
		if object.GetKind() == "CustomResourceDefinition" {
			spec := object.Object["spec"].(map[string]any)
			version := spec["versions"].([]any)[0].(map[string]any)["name"]
			group := fmt.Sprint(spec["group"], "/", version)
			name := spec["names"].(map[string]any)["plural"]
			await(object.GetName(), time.Minute, func() bool {
				served, err := c.client.Discovery().ServerResourcesForGroupVersion(group)
				return err == nil && slices.ContainsFunc(served.APIResources, func(r metav1.APIResource) bool { return r.Name == name })
			})
		}
	}
}

func (c *cluster) put(object *unstructured.Unstructured) {
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(c.client.Discovery()))
	kind := object.GroupVersionKind()
	mapping := must(mapper.RESTMapping(kind.GroupKind(), kind.Version))
	object.SetResourceVersion("")
	_, err := c.dynamic.Resource(mapping.Resource).Apply(context.Background(), object.GetName(), object,
		metav1.ApplyOptions{FieldManager: "bench", Force: true})
	check(err)
}

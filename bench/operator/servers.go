package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// program is a process of ours, with its log in a file.
type program struct {
	name string
	*exec.Cmd
}

func start(folder, name string, env []string, command ...string) *program {
	log := must(os.OpenFile(filepath.Join(folder, name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644))
	run := exec.Command(command[0], command[1:]...)
	run.Env = append(os.Environ(), env...)
	// Nothing of it stays when the measurement ends in the middle.
	run.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	run.Dir, run.Stdout, run.Stderr = folder, log, log
	check(run.Start())
	return &program{name, run}
}

func (p *program) stop() {
	_ = p.Process.Kill()
	_ = p.Wait()
}

// leave asks the program to end, as the kubelet does.
func (p *program) leave() {
	check(p.Process.Signal(syscall.SIGTERM))
	_ = p.Wait()
}

// cluster is a real kube-apiserver on a real etcd, with nothing in it.
type cluster struct {
	folder, kubeconfig string
	programs           []*program
	config             *rest.Config
	client             *kubernetes.Clientset
	dynamic            *dynamic.DynamicClient
	ended              chan struct{}
	// Where our operator answers for its health and metrics.
	management string
	// The programs of our side that are at work.
	answering *answering
}

const token = "measured"

func newCluster(binaries string) *cluster {
	folder := must(os.MkdirTemp("", "bench-operator-"))
	etcd, peers, secure := freePort(), freePort(), freePort()
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	keyFile := filepath.Join(folder, "accounts.pem")
	check(os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: must(x509.MarshalECPrivateKey(key))}), 0o600))
	tokens := filepath.Join(folder, "tokens.csv")
	check(os.WriteFile(tokens, []byte(token+`,admin,admin,"system:masters"`+"\n"), 0o600))
	c := &cluster{folder: folder, kubeconfig: filepath.Join(folder, "kubeconfig"), ended: make(chan struct{})}
	c.programs = append(c.programs,
		start(folder, "etcd", nil, filepath.Join(binaries, "etcd"), "--data-dir="+filepath.Join(folder, "etcd"), "--unsafe-no-fsync",
			"--listen-client-urls="+at("http", etcd), "--advertise-client-urls="+at("http", etcd),
			"--listen-peer-urls="+at("http", peers)),
		start(folder, "kube-apiserver", nil, filepath.Join(binaries, "kube-apiserver"), "--etcd-servers="+at("http", etcd),
			"--bind-address=127.0.0.1", fmt.Sprint("--secure-port=", secure), "--cert-dir="+filepath.Join(folder, "certificates"),
			"--service-cluster-ip-range=10.0.0.0/24", "--authorization-mode=RBAC", "--token-auth-file="+tokens,
			"--service-account-issuer=https://bench", "--service-account-key-file="+keyFile, "--service-account-signing-key-file="+keyFile,
			"--disable-admission-plugins=ServiceAccount"))
	entry := api.NewConfig()
	entry.Clusters["bench"] = &api.Cluster{Server: at("https", secure), InsecureSkipTLSVerify: true}
	entry.AuthInfos["bench"] = &api.AuthInfo{Token: token}
	entry.Contexts["bench"] = &api.Context{Cluster: "bench", AuthInfo: "bench", Namespace: "default"}
	entry.CurrentContext = "bench"
	check(clientcmd.WriteToFile(*entry, c.kubeconfig))
	c.config = must(clientcmd.BuildConfigFromFlags("", c.kubeconfig))
	c.config.QPS, c.config.Burst = -1, 0
	c.client = must(kubernetes.NewForConfig(c.config))
	c.dynamic = must(dynamic.NewForConfig(c.config))
	await("the API server", time.Minute, func() bool {
		answer, err := c.client.Discovery().RESTClient().Get().AbsPath("/readyz").DoRaw(context.Background())
		return err == nil && string(answer) == "ok"
	})
	return c
}

func (c *cluster) stop() {
	close(c.ended)
	for i := len(c.programs) - 1; i >= 0; i-- {
		c.programs[i].stop()
	}
	check(os.RemoveAll(c.folder))
}

func at(scheme string, port int) string { return fmt.Sprintf("%s://127.0.0.1:%d", scheme, port) }

func freePort() int {
	listener := must(net.Listen("tcp", "127.0.0.1:0"))
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

func await(what string, atMost time.Duration, fact func() bool) {
	err := wait.PollUntilContextTimeout(context.Background(), 100*time.Millisecond, atMost, true,
		func(context.Context) (bool, error) { return fact(), nil })
	if err != nil {
		check(fmt.Errorf("%s: not within %s", what, atMost))
	}
}

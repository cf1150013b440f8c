package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const (
	// A percent in three minutes.
	stepsAtWork = 18_000
	atWork      = "at-work-"
	// Until what the start of so many has left behind is over.
	settledAtWork = 45 * time.Second
)

// answering are programs that answer for their progress, each at an address of its own below 127.
type answering struct {
	port int
	runs sync.Map
	made atomic.Int64
}

// answerForProgress listens at all addresses; which run is asked, the address tells.
func answerForProgress() *answering {
	a := &answering{}
	listener := must(net.Listen("tcp", "0.0.0.0:0"))
	a.port = listener.Addr().(*net.TCPAddr).Port
	begun := time.Now()
	go func() {
		_ = http.Serve(listener, http.HandlerFunc(func(to http.ResponseWriter, asked *http.Request) {
			at := asked.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr).IP.String()
			uid, known := a.runs.Load(at)
			if !known {
				http.NotFound(to, asked)
				return
			}
			step := int(time.Since(begun).Seconds())
			_ = json.NewEncoder(to).Encode(map[string]any{"runUid": uid, "stage": "tokenize", "step": step, "totalSteps": stepsAtWork,
				"unit": "documents", "estimatedRemainingSeconds": stepsAtWork - step,
				"metrics":         map[string]float64{"documentsPerSecond": 1, "tokensPerSecond": float64(1000 + step%7)},
				"lastUpdatedTime": time.Now().UTC().Format(time.RFC3339)})
		}))
	}()
	return a
}

// begin lets the pod of one of our Jobs be at work.
func (a *answering) begin(c *cluster, job *batchv1.Job) {
	number := a.made.Add(1)
	at := fmt.Sprintf("127.1.%d.%d", number/250, number%250+1)
	a.runs.Store(at, job.Annotations["keizoku.dev/run-uid"])
	now := metav1.Now()
	pod := c.pod(job)
	pod.Status.Phase = corev1.PodRunning
	pod.Status.PodIP, pod.Status.PodIPs = at, []corev1.PodIP{{IP: at}}
	pod.Status.ContainerStatuses = []corev1.ContainerStatus{{Name: "program", Image: "corpus", ImageID: "corpus", Ready: true,
		State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: now}}}}
	must(c.client.CoreV1().Pods(job.Namespace).UpdateStatus(context.Background(), pod, metav1.UpdateOptions{}))
	c.sayActive(job)
}

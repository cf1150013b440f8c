package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

const (
	looks     = "reconciliations_execution_duration_seconds_"
	lookLimit = "0.25"
)

// untilHealthy waits until our operator answers for its health; says nothing of the peer.
func (c *cluster) untilHealthy(begun time.Time) time.Duration {
	if c.management == "" {
		return 0
	}
	await("the operator's health", time.Minute, func() bool {
		answer, err := http.Get(c.management + "health/live")
		if err == nil {
			answer.Body.Close()
		}
		return err == nil && answer.StatusCode == http.StatusOK
	})
	return time.Since(begun)
}

// quickLooks is the share of looks that took less than the limit.
func (c *cluster) quickLooks() float64 {
	if c.management == "" {
		return 0
	}
	answer := must(http.Get(c.management + "metrics"))
	defer answer.Body.Close()
	var quick, all float64
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		line := lines.Text()
		value := line[strings.LastIndex(line, " ")+1:]
		switch {
		case strings.HasPrefix(line, looks+"bucket") && strings.Contains(line, `le="`+lookLimit+`"`):
			quick += must(strconv.ParseFloat(value, 64))
		case strings.HasPrefix(line, looks+"count"):
			all += must(strconv.ParseFloat(value, 64))
		}
	}
	return quick / all
}

// pod of one of our Jobs.
func (c *cluster) pod(job *batchv1.Job) *corev1.Pod {
	yes := true
	return must(c.client.CoreV1().Pods(job.Namespace).Create(context.Background(), &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: job.Name + "-pod", Labels: job.Spec.Template.Labels, OwnerReferences: []metav1.OwnerReference{
			{APIVersion: "batch/v1", Kind: "Job", Name: job.Name, UID: job.UID, Controller: &yes}}},
		Spec: job.Spec.Template.Spec,
	}, metav1.CreateOptions{}))
}

// end lets the pod of one of our Jobs have ended well, with a corpus made.
func (c *cluster) end(job *batchv1.Job) {
	ctx, now := context.Background(), metav1.Now()
	name, uid := job.Labels["keizoku.dev/name"], job.Annotations["keizoku.dev/run-uid"]
	pod := c.pod(job)
	said := fmt.Sprintf(`{"runUid":%q,"reason":"Completed","message":"1 document.","artifact":{"uri":`+
		`"s3://keizoku/default/fincorpora/%s/versions/1/manifest.json","sha256":"%064d","bytes":1},`+
		`"corpus":{"version":"1","documents":1,"tokens":1}}`, uid, name, 1)
	pod.Status.Phase = corev1.PodSucceeded
	pod.Status.ContainerStatuses = []corev1.ContainerStatus{{Name: "program", Image: "corpus", ImageID: "corpus",
		State: corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{Message: said, StartedAt: now, FinishedAt: now}}}}
	must(c.client.CoreV1().Pods(job.Namespace).UpdateStatus(ctx, pod, metav1.UpdateOptions{}))
	at := now.UTC().Format(time.RFC3339)
	condition := `{"type":%q,"status":"True","reason":"CompletionsReached","lastTransitionTime":%q}`
	status := fmt.Sprintf(`{"status":{"active":0,"ready":0,"succeeded":1,"startTime":%q,"completionTime":%q,"conditions":[`+condition+`,`+
		condition+`]}}`, at, at, "SuccessCriteriaMet", at, "Complete", at)
	must(c.client.BatchV1().Jobs(job.Namespace).Patch(ctx, job.Name, types.MergePatchType, []byte(status), metav1.PatchOptions{}, "status"))
}

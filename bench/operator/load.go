package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	batchv1 "k8s.io/api/batch/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
)

// Lists and watches of caches are not counted: they are few, and the API server counts a watch when it ends.
var everyVerb = []string{"GET", "POST", "PUT", "PATCH", "APPLY", "DELETE"}

const (
	// The load creates the resource and writes the status of its Job; one that finishes also makes a pod and its status.
	callsOfTheLoad, callsThatFinish = 2, 2
	creators                        = 32
	settled                         = 5 * time.Second
	quietTime                       = 30 * time.Second
	// The kernel's unit of processor time in /proc.
	ticksPerSecond = 100
)

// figures of one round of one side.
type figures struct {
	side string
	// From the first resource's creation on: all resources created, all Jobs made.
	created, lastJob time.Duration
	// From the start of the operator until the Job of a new resource is there, with all resources in the cluster.
	restart time.Duration
	// Processor time of that, seconds: what else the machine does lengthens the restart, not this.
	restartWork float64
	// From the start of the operator until it answers for its health; zero for the peer.
	start time.Duration
	// Resident memory of the operator's processes, MiB: the most, and while nothing happens.
	peak, quiet float64
	// Share of our operator's looks at resources that took less than the limit; zero for the peer.
	quick float64
	// Requests that the operator made of the API server for each resource until all was still.
	calls float64
	// Share of a core, and requests that write, while nothing happens.
	quietCores  float64
	quietWrites float64
}

// jobs is the Job controller that both sides have: it says of each new Job that its pod runs, and counts them.
type jobs struct {
	cluster *cluster
	seen    sync.Map
	count   atomic.Int64
	last    atomic.Int64
	work    chan *batchv1.Job
	finish  bool
	// Whose programs are at work, told by the names of their resources.
	answering *answering
}

func (c *cluster) watchJobs(finish bool) *jobs {
	j := &jobs{cluster: c, work: make(chan *batchv1.Job, 100_000), finish: finish, answering: c.answering}
	informer := informers.NewSharedInformerFactory(c.client, 0).Batch().V1().Jobs().Informer()
	must(informer.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: func(object any) {
		job := object.(*batchv1.Job)
		if _, known := j.seen.LoadOrStore(job.UID, true); !known {
			j.last.Store(time.Now().UnixNano())
			j.count.Add(1)
			j.work <- job
		}
	}}))
	go informer.Run(c.ended)
	for range 4 {
		go func() {
			for job := range j.work {
				switch {
				case strings.HasPrefix(job.Labels["keizoku.dev/name"], atWork):
					j.answering.begin(c, job)
				case j.finish:
					c.end(job)
				default:
					c.sayActive(job)
				}
			}
		}()
	}
	return j
}

// sayActive says of a Job that its pod runs.
func (c *cluster) sayActive(job *batchv1.Job) {
	status := fmt.Sprintf(`{"status":{"active":1,"ready":1,"startTime":%q}}`, job.CreationTimestamp.UTC().Format(time.RFC3339))
	_, _ = c.client.BatchV1().Jobs("default").Patch(context.Background(), job.Name, types.MergePatchType, []byte(status),
		metav1.PatchOptions{}, "status")
}

func (j *jobs) await(count int64) {
	await(fmt.Sprint(count, " Jobs"), 15*time.Minute, func() bool { return j.count.Load() >= count })
}

func (c *cluster) create(s side, name string) {
	object := parse(s.manifest)
	object.SetName(name)
	_, err := c.dynamic.Resource(s.resource).Namespace("default").Create(context.Background(), object, metav1.CreateOptions{})
	check(err)
}

func measure(s side, resources int) figures {
	c := newCluster(*binaries)
	defer c.stop()
	s.install(c)
	begun := time.Now()
	programs := s.start(c)
	defer func() { stopAll(programs) }()
	result := figures{side: s.name, start: c.untilHealthy(begun)}
	j := c.watchJobs(*finish && s.name == keizoku.name)
	c.create(s, "first")
	j.await(1)

	c.untilSettled()
	calls := c.requests(everyVerb...)

	begin := time.Now()
	c.createAll(s, "run-", resources)
	result.created = time.Since(begin)
	j.await(int64(resources) + 1)
	result.lastJob = time.Unix(0, j.last.Load()).Sub(begin)
	c.untilSettled()
	result.calls = (c.requests(everyVerb...)-calls)/float64(resources) - callsOfTheLoad
	if j.finish {
		result.calls -= callsThatFinish
	}
	if s.name == keizoku.name && *running > 0 {
		c.createAll(s, atWork, *running)
		resources += *running
		j.await(int64(resources) + 1)
		time.Sleep(settledAtWork)
	}

	writes, used := c.writes(), processorTime(programs)
	time.Sleep(quietTime)
	result.quietWrites = c.writes() - writes
	result.quietCores = (processorTime(programs) - used) / quietTime.Seconds()
	result.peak, result.quiet = resident(programs, "VmHWM:"), resident(programs, "VmRSS:")
	result.quick = c.quickLooks()

	for _, p := range programs {
		p.leave()
	}
	again := time.Now()
	programs = s.start(c)
	c.create(s, "after")
	j.await(int64(resources) + 2)
	result.restart, result.restartWork = time.Since(again), processorTime(programs)
	return result
}

func (c *cluster) createAll(s side, prefix string, resources int) {
	var group sync.WaitGroup
	var next atomic.Int64
	for range creators {
		group.Go(func() {
			for i := next.Add(1); i <= int64(resources); i = next.Add(1) {
				c.create(s, fmt.Sprintf("%s%05d", prefix, i))
			}
		})
	}
	group.Wait()
}

func stopAll(programs []*program) {
	for _, p := range programs {
		p.stop()
	}
}

// untilSettled waits until nothing is written for a while.
func (c *cluster) untilSettled() {
	before, since := c.writes(), time.Now()
	await("an end of all writing", 10*time.Minute, func() bool {
		if now := c.writes(); now != before {
			before, since = now, time.Now()
		}
		return time.Since(since) > settled
	})
}

// writes that the API server has taken, but for leases.
func (c *cluster) writes() float64 { return c.requests("POST", "PUT", "PATCH", "APPLY", "DELETE") }

func (c *cluster) requests(verbs ...string) float64 {
	text := must(c.client.Discovery().RESTClient().Get().AbsPath("/metrics").DoRaw(context.Background()))
	sum := 0.0
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if !strings.HasPrefix(line, "apiserver_request_total{") || strings.Contains(line, `resource="leases"`) {
			continue
		}
		for _, verb := range verbs {
			if strings.Contains(line, `verb="`+verb+`"`) {
				sum += must(strconv.ParseFloat(line[strings.LastIndex(line, " ")+1:], 64))
			}
		}
	}
	return sum
}

func processorTime(programs []*program) float64 {
	sum := 0.0
	for _, p := range programs {
		stat := string(must(os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.Process.Pid))))
		// After the name in brackets: user and system time are the 12th and 13th.
		fields := strings.Fields(stat[strings.LastIndex(stat, ")")+1:])
		sum += must(strconv.ParseFloat(fields[11], 64)) + must(strconv.ParseFloat(fields[12], 64))
	}
	return sum / ticksPerSecond
}

// resident memory of the processes by that line of the kernel's, MiB.
func resident(programs []*program, line string) float64 {
	sum := 0.0
	for _, p := range programs {
		for _, text := range strings.Split(string(must(os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid)))), "\n") {
			if fields := strings.Fields(text); len(fields) > 1 && fields[0] == line {
				sum += must(strconv.ParseFloat(fields[1], 64)) / 1024
			}
		}
	}
	return sum
}

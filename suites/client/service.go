package client

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

// A service does not end by itself. In each start it is watched for a while and then
// told to end, as an operator does; its exit code says nothing of its work.

// defaultWatch is how long a service is watched in a start, at a time factor of 1.
const defaultWatch = 4 * time.Second

// stopGrace is how long a service may take to end when it is told to.
const stopGrace = 10 * time.Second

// isService says whether the client runs on until it is told to end.
func (r *runner) isService() bool {
	return r.ranOn || r.operation(scenario.Query) == scenario.UntilKill
}

// ranOnIn says whether a client that does what it does had done its work, and went on
// with it, when its time was up.
func (r *runner) ranOnIn(l played) bool {
	if l.evidence == nil || r.traits.Operations || r.traits.Manual {
		return false
	}
	did := workIn(l.evidence)
	return timedOut(l.evidence) && did.done && did.calls > 0
}

// watched are the looks at a client that turned out to be a service, once more.
func (r *runner) watched(ctx context.Context, looks []played) []played {
	if !slices.ContainsFunc(looks, r.ranOnIn) {
		return looks
	}
	r.ranOn = true
	r.dropped = append(r.dropped, report.Untested{
		What: "how the client ends", Kind: notApplicable,
		Why: fmt.Sprintf("it runs on: in each start it was watched for %s and then told to end (SIGTERM); "+
			"say so with --operation run-until-killed, which saves the wait for its end, or judge a command that works once", r.watchTime(scenario.Scenario{})),
	})
	for i, l := range looks {
		looks[i] = r.play(ctx, l.part)
	}
	return looks
}

// watchTime is how long a service is watched in a scenario.
func (r *runner) watchTime(s scenario.Scenario) time.Duration {
	watch := s.Watch
	if watch == 0 {
		watch = defaultWatch
	}
	return time.Duration(float64(watch) * r.options.TimeFactor)
}

// run has the driver start the client, and ends a service when it has been watched for
// long enough. A scenario that is about services ends them itself.
func (r *runner) run(ctx context.Context, p part, job drive.Job) (evidence.Run, error) {
	if !r.isService() || p.scenario.Needed() == scenario.UntilKill {
		return r.options.Driver.Run(ctx, job)
	}
	watch := r.watchTime(p.scenario)
	enough, cancel := context.WithTimeout(ctx, watch)
	defer cancel()
	stop, told := make(chan struct{}), job.Stop
	go func() {
		defer close(stop)
		select {
		case <-enough.Done():
		case <-told:
		}
	}()
	job.Stop, job.Limit = stop, watch+stopGrace
	return r.options.Driver.Run(ctx, job)
}

// servicesAtOnce is how many times as many services are played at once as clients that
// end: they wait most of the time.
const servicesAtOnce = 4

// parallel is how many scenarios are played at once.
func (r *runner) parallel() int {
	if r.isService() && r.options.Parallel > 1 {
		return servicesAtOnce * r.options.Parallel
	}
	return r.options.Parallel
}

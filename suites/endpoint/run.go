package endpoint

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"
)

// ErrNothingRan says that no case gave a verdict: the selection is empty, or every
// case was skipped. That is never a success.
var ErrNothingRan = errors.New("endpoint: no case was run")

// turn serializes runs: Ginkgo keeps one suite per process.
var turn sync.Mutex

// Run runs the cases against the target in this process and returns what was
// found. It never ends the process. An error is a [*FilterError], ErrNothingRan
// (the report then lists the reasons), or a failure of the harness as a whole.
// When the context ends, the report holds what was done until then.
//
// Run resets Ginkgo's global tree before and after: in a process that has a Ginkgo
// suite of its own, use [Register].
func Run(ctx context.Context, target Target, o Options) (Report, error) {
	if err := o.validate(); err != nil {
		return Report{}, err
	}
	if err := preflight(); err != nil {
		return Report{}, err
	}
	turn.Lock()
	defer turn.Unlock()
	s := newSuite(&target, o.withDefaults())
	ginkgoReport := s.runSpecs(ctx)
	r := Report{
		Schema:  SchemaVersion,
		Target:  TargetInfo{target.Name, target.Version, target.Behaviour, target.Capabilities},
		Seed:    o.Seed,
		Started: o.Started,
		Seconds: ginkgoReport.RunTime.Seconds(),
		Results: s.collect(ginkgoReport.SpecReports),
	}
	for _, result := range r.Results {
		r.Counts.Add(result.Verdict)
		r.Interrupted = r.Interrupted || result.Reason == noTurn
	}
	r.Interrupted = r.Interrupted || ctx.Err() != nil
	if r.Counts.Pass+r.Counts.Fail+r.Counts.Error == 0 {
		return r, ErrNothingRan
	}
	return r, nil
}

// runSpecs builds the tree, runs it, and leaves Ginkgo's globals as new.
func (s *suite) runSpecs(ctx context.Context) types.Report {
	defer silence()()
	defer once()()
	globals.Reset()
	defer globals.Reset()
	s.register(ctx)
	var all types.Report
	done := 0
	ginkgo.ReportAfterEach(func(spec ginkgo.SpecReport) {
		done++
		if s.options.Progress != nil {
			s.options.Progress(done, len(s.plan))
		}
	})
	ginkgo.ReportAfterSuite("collect", func(r ginkgo.Report) { all = r })
	suiteConfig, reporterConfig := s.config()
	ginkgo.RunSpecs(listener{}, "sfconform", suiteConfig, reporterConfig)
	return all
}

// config starts from Ginkgo's defaults, since a zero one is refused, and not from
// the process's configuration, which flags may have changed.
func (s *suite) config() (types.SuiteConfig, types.ReporterConfig) {
	suiteConfig, reporterConfig := types.NewDefaultSuiteConfig(), types.NewDefaultReporterConfig()
	suiteConfig.RandomSeed = s.options.Seed
	suiteConfig.RandomizeAllSpecs = !s.target.Capabilities.Live
	suiteConfig.LabelFilter = s.options.LabelFilter
	suiteConfig.FailOnEmpty = true
	reporterConfig.Succinct = true
	return suiteConfig, reporterConfig
}

// silence keeps Ginkgo's console reporter quiet until the returned function is called.
func silence() func() {
	out, err := formatter.ColorableStdOut, formatter.ColorableStdErr
	formatter.ColorableStdOut, formatter.ColorableStdErr = io.Discard, io.Discard
	return func() { formatter.ColorableStdOut, formatter.ColorableStdErr = out, err }
}

// listener is the testing.T that Ginkgo asks for; the verdict is read from its report.
type listener struct{}

// Fail does nothing.
func (listener) Fail() {}

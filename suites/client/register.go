package client

import (
	"context"
	"strings"
	"sync"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// Target is a client that a Ginkgo suite judges.
type Target struct {
	// Client is a client within the process; nil leaves it to a driver among the Options.
	Client  func(ctx context.Context, env drive.Env) error
	Options []Option
}

// Register adds a spec for each requirement to the Ginkgo suite that is being built.
// The first of them that runs plays all scenarios; the target may still be filled in
// until then.
func Register(target *Target) {
	var once sync.Once
	var judged *report.Report
	var failure error
	run := func(ctx context.Context) (*report.Report, error) {
		once.Do(func() { judged, failure = Run(ctx, byDoor(target.Client, target.Options)) })
		return judged, failure
	}
	ginkgo.Describe("client", func() {
		for _, q := range fixtures.Requirements() {
			ginkgo.It(string(q.ID)+": "+q.Statement, labels(&q), types.NewCustomCodeLocation("fixtures: "+string(q.ID)),
				func(ctx ginkgo.SpecContext) { spec(ctx, q.ID, run) })
		}
	})
}

// labels are of words, because Ginkgo refuses &|!,()/ in labels.
func labels(q *fixtures.Requirement) ginkgo.Labels {
	return ginkgo.Labels{"requirement:" + string(q.ID), "severity:" + string(q.Severity), "group:" + slug(q.Group.Title())}
}

func slug(title string) string { return strings.ToLower(strings.ReplaceAll(title, " ", "-")) }

// spec is the verdict on one requirement in the terms of Ginkgo.
func spec(ctx context.Context, id fixtures.RequirementID, run func(context.Context) (*report.Report, error)) {
	r, err := run(ctx)
	if err != nil {
		ginkgo.Fail(err.Error())
	}
	result := resultOf(r, id)
	switch {
	case result == nil:
		ginkgo.Skip("it was not asked for")
	case obstacle(result, r.Run.Strict):
		ginkgo.Fail(words(result))
	case result.Verdict == verdict.Warn, result.Verdict == verdict.Info:
		ginkgo.AddReportEntry(string(result.Verdict), words(result))
	case result.Verdict != verdict.Pass:
		ginkgo.Skip(words(result))
	}
}

func resultOf(r *report.Report, id fixtures.RequirementID) *report.Result {
	for i := range r.Results {
		if r.Results[i].ID == id {
			return &r.Results[i]
		}
	}
	return nil
}

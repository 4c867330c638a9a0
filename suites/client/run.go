package client

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/reach"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// runner is one run of the suite.
type runner struct {
	options Options
	keys    *stage.Keys
	traits  drive.Traits
	// trust is what makes clients of any runtime trust the authority.
	trust reach.Reach
	began time.Time
	// flows are those that are judged, dropped those that the client did not show.
	flows   []fixtures.Flow
	dropped []report.Untested
	// lacking are the operations that the client has said it does not have.
	lacking []string
	// ranOn says that the client did not end by itself where all was well.
	ranOn bool
	// work is what the client does in each flow where all is well.
	work map[fixtures.Flow]work
	// glances are what a person saw of the scenarios.
	glances []glance
	// planned is everything that was to be played after the first look.
	planned []part
}

// ErrNoRequest says that the client could not be exercised at all.
var ErrNoRequest = errors.New("client: the client sent no token request")

// Run judges the client. The report is complete also when the context ends early: it
// says what was done by then. An error says that there is no report: the options are
// wrong (of any type), or the client cannot be started or never called (ErrNoRequest).
func Run(ctx context.Context, o Options) (*report.Report, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	r := &runner{options: o, traits: o.Driver.Traits(), began: o.Now()}
	if r.keys, err = stage.NewKeys(); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(o.Dir, "sfconform-")
	if err != nil {
		return nil, fmt.Errorf("client: cannot make a folder for the client's files: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if r.trust, err = reach.WriteTrust(dir, r.keys.AuthorityPEM()); err != nil {
		return nil, err
	}
	first, err := r.firstLook(ctx)
	if err != nil {
		return nil, err
	}
	r.planned = r.parts(first)
	results := r.playAll(ctx, r.planned, first)
	return r.report(ctx, results), nil
}

// firstLook plays the happy path under each flow in question. Where the caller named
// no flows, those stay by which the client asks for a token.
func (r *runner) firstLook(ctx context.Context) ([]played, error) {
	happy, _ := scenario.ByName(scenario.HappyPath)
	r.flows = r.options.Flows
	if len(r.flows) == 0 {
		r.flows = []fixtures.Flow{fixtures.ClientCredentials, fixtures.JWTBearer}
	}
	var looks []played
	for _, flow := range r.flows {
		look := r.play(ctx, part{happy, flow})
		for r.notHad(look) && r.operation(scenario.Query) != "" {
			if r.lacking = append(r.lacking, r.operation(scenario.Query)); r.operation(scenario.Query) != "" {
				look = r.play(ctx, part{happy, flow})
			}
		}
		if look.err != nil && ctx.Err() == nil {
			return nil, look.err
		}
		looks = append(looks, look)
	}
	if len(r.options.Flows) == 0 && ctx.Err() == nil {
		looks = r.shown(looks)
	}
	if len(looks) == 0 || ctx.Err() == nil && !r.traits.Manual && !slices.ContainsFunc(looks, moved) {
		return nil, fmt.Errorf("%w: it must read %s and ask %s/services/oauth2/token (one with Salesforce's host names built in: --via proxy); see sfconform client --help",
			ErrNoRequest, stage.LoginURL, "${"+stage.LoginURL+"}")
	}
	looks = r.watched(ctx, looks)
	r.learn(looks)
	for _, l := range looks {
		r.noteNoToken(l)
		r.noteNoWork(l)
		r.noteFailedWork(l)
	}
	return looks, nil
}

// moved says that the client has done anything that can be judged: asked for something, or
// said that it does not have the operation.
func moved(l played) bool { return l.unsupported || len(l.evidence.Exchanges) > 0 }

// noteNoToken says it plainly where a client does not even log in when all is set up
// right: little else can be judged of it.
func (r *runner) noteNoToken(l played) {
	asked := l.evidence.TokenRequests()
	gets := slices.ContainsFunc(asked, func(x evidence.Exchange) bool { return x.Issued != "" })
	if len(asked) == 0 || gets {
		return
	}
	last := redacted(l.evidence, asked[len(asked)-1])
	r.dropped = append(r.dropped, report.Untested{
		What: "flow " + string(l.flow), Kind: verdict.Inconclusive,
		Why: "the client gets no token where everything is set up right, so that little else shows; mend this first: " + lineOf(last),
	})
}

// noteNoWork says it plainly where a client logs in, and none of its calls is answered
// although all is set up right.
func (r *runner) noteNoWork(l played) {
	calls := l.evidence.APICalls()
	failed := func(x evidence.Exchange) bool { return x.Failed() }
	if len(calls) == 0 || slices.ContainsFunc(calls, func(x evidence.Exchange) bool { return !x.Failed() }) {
		return
	}
	last := redacted(l.evidence, calls[slices.IndexFunc(calls, failed)])
	r.dropped = append(r.dropped, report.Untested{
		What: "API calls (" + string(l.flow) + ")", Kind: verdict.Inconclusive,
		Why: "no call is answered where everything is set up right, so that little shows of what the client does with its token; mend this first: " + lineOf(last),
	})
}

// parts are what is to be played, without what the first look has played already.
func (r *runner) parts(looks []played) []part {
	var parts []part
	for _, s := range scenario.All() {
		for _, flow := range r.flows {
			if !s.Plays(flow) || !r.wanted(s) || r.operation(s.Needed()) == "" {
				continue
			}
			done := slices.ContainsFunc(looks, func(l played) bool { return l.scenario.Name == s.Name && l.flow == flow })
			if !done {
				parts = append(parts, part{s, flow})
			}
		}
	}
	return parts
}

// wanted says whether the scenario was asked for, by its name or by a requirement
// that it shows something of.
func (r *runner) wanted(s scenario.Scenario) bool {
	if len(r.options.Scenarios) > 0 && !slices.Contains(r.options.Scenarios, s.Name) {
		return false
	}
	if len(r.options.Only) == 0 {
		return true
	}
	return slices.ContainsFunc(r.options.Only, func(id fixtures.RequirementID) bool {
		return slices.ContainsFunc(judgesOf(id), func(j judgeOf) bool { return j.LooksAt(s.Name) })
	})
}

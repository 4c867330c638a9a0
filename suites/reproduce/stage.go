package reproduce

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/suites/endpoint"
)

// Staged is a target in the state in which a plan's error shows.
type Staged struct {
	// Session is the target, still open; whoever staged it closes it.
	Session endpoint.Session
	// Shows is the request that shows the error, Works one that works after the cure.
	// Works is empty where only the state at that time tells what to send.
	Shows, Works request.Wire
}

// Stage brings the target into the state of the plan, which is no guide's, up to and
// with the first request that is refused; of a case that works, to its end. An error
// says that the target did not show what it should.
func Stage(ctx context.Context, target endpoint.Target, p Plan) (*Staged, error) {
	if p.Kind == KindGuide {
		return nil, fmt.Errorf("reproduce: %q is a step of a guide, which is staged by package guides", p.ID)
	}
	keeper := &keeper{open: target.Open}
	target.Open = keeper.Open
	report, err := endpoint.Run(ctx, target, endpoint.Options{Cases: []fixtures.Case{p.upToRefusal()}, Seed: 1, LabelFilter: "door: containsAny " + endpoint.DoorPlain})
	if err == nil && !report.Conforms() {
		err = fmt.Errorf("reproduce: %q does not show what it should: %s", p.ID, report.Results[0].Message)
	}
	if err == nil && keeper.session == nil {
		err = errors.New("reproduce: nothing was opened")
	}
	if err != nil {
		return nil, errors.Join(err, keeper.end())
	}
	s := &Staged{Session: keeper.session, Shows: keeper.session.last}
	if len(p.Refusals) > 0 && !rotatedOut(p.shown) {
		s.Works, err = request.Build(p.shown.Flow, s.Session.Credentials(), p.right(), s.Session.Now().Add(time.Duration(p.Cure.Wait)), nil)
	}
	return s, err
}

// upToRefusal is the plan's case without what comes after the request that shows the
// error: the first one that is refused, or the last one of an incident, behind which
// nothing but its cure stands.
func (p Plan) upToRefusal() fixtures.Case {
	c := p.shown
	if at := p.refusedAt(); at < len(c.Then) {
		c.Then = c.Then[:at+1]
	}
	return c
}

// refusedAt is the place of the step that shows the error; -1 is the first request,
// and the number of steps means that none does.
func (p Plan) refusedAt() int {
	found := len(p.shown.Then)
	if p.shown.Want.Refusal != "" {
		found = -1
	}
	for i, s := range p.shown.Then {
		if refuses(s) && (found == len(p.shown.Then) || p.Kind == KindIncident) {
			found = i
		}
	}
	return found
}

func refuses(s fixtures.Step) bool {
	return s.Token != nil && (s.Token.Want.Refusal != "" || len(s.Token.Want.Mixed) > 0) || s.Call != nil && s.Call.Want.Refusal != ""
}

// keeper keeps the session open that a spec would close, and remembers its last request.
type keeper struct {
	open    func(context.Context, fixtures.Case) (endpoint.Session, error)
	session *kept
}

// Open is that of a target.
func (k *keeper) Open(ctx context.Context, c fixtures.Case) (endpoint.Session, error) {
	s, err := k.open(ctx, c)
	if err != nil {
		return nil, err
	}
	k.session = &kept{Session: s}
	return k.session, nil
}

func (k *keeper) end() error {
	if k.session == nil {
		return nil
	}
	return k.session.Session.Close()
}

// kept is a session that the end of a spec does not close.
type kept struct {
	endpoint.Session
	mu   sync.Mutex // guards last
	last request.Wire
}

// Close does nothing: Unwrap gives the session that can be closed.
func (k *kept) Close() error { return nil }

// Unwrap is the session itself.
func (k *kept) Unwrap() endpoint.Session { return k.Session }

// Inner is the session that the target opened.
func (s *Staged) Inner() endpoint.Session {
	if k, ok := s.Session.(*kept); ok {
		return k.Unwrap()
	}
	return s.Session
}

// RoundTrip implements http.RoundTripper.
func (k *kept) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		_ = r.Body.Close()
		r = r.Clone(r.Context())
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	k.mu.Lock()
	k.last = request.Wire{Method: r.Method, URL: r.URL.String(), Header: r.Header.Clone(), Body: body}
	k.mu.Unlock()
	return k.Session.RoundTrip(r)
}

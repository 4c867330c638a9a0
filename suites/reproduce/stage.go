package reproduce

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/suites/endpoint"
	"github.com/sfconform/sfconform/suites/guides"
)

// Staged is a target in the state in which a plan's error shows.
type Staged struct {
	// Session is the target, still open; whoever staged it closes it.
	Session endpoint.Session
	// Shows are the requests that show the error: one, or those of an incident.
	Shows []request.Wire
	// Works is one that works after the cure; it has no method where only the state at
	// that time tells what to send.
	Works request.Wire
	// Again is the call that was refused, where it works after the cure with a new token:
	// [guides.TokenPlace] stands in it for that.
	Again request.Wire
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
	s := &Staged{Session: keeper.session, Shows: keeper.session.sent}
	if p.Kind != KindIncident {
		s.Shows = s.Shows[max(0, len(s.Shows)-1):]
	}
	if len(p.Refusals) > 0 && !rotatedOut(p.shown) {
		if p.Cure.Repeats {
			s.Again = withoutToken(s.Shows[len(s.Shows)-1])
		}
		s.Works, err = request.Build(p.shown.Flow, s.Session.Credentials(), p.right(), s.Session.Now().Add(time.Duration(p.Cure.Wait)), nil)
	}
	return s, err
}

var sessionID = regexp.MustCompile(`<sessionId>[^<]*</sessionId>`)

// withoutToken is the call with a place for another token: in its header, or in that of
// its envelope.
func withoutToken(w request.Wire) request.Wire {
	w.Header = w.Header.Clone()
	if w.Header.Get("Authorization") != "" {
		w.Header.Set("Authorization", "Bearer "+guides.TokenPlace)
	}
	w.Body = sessionID.ReplaceAll(w.Body, []byte("<sessionId>"+guides.TokenPlace+"</sessionId>"))
	return w
}

// upToRefusal is the plan's case without what comes after the requests that show the error.
func (p Plan) upToRefusal() fixtures.Case {
	c := p.shown
	if _, until := p.refusedAt(); until < len(c.Then) {
		c.Then = c.Then[:until+1]
	}
	return c
}

// refusedAt is the place of the first and of the last step that shows the error: the
// first one that is refused; in a case with an end of its own, those behind the last
// change that something happens to while nothing but their refusals happens. -1 is the
// first request, and the number of steps means that none does.
func (p Plan) refusedAt() (from, until int) {
	from = len(p.shown.Then)
	if p.shown.Want.Refusal != "" {
		from = -1
	}
	for i, s := range p.shown.Then {
		if refuses(s) && (from == len(p.shown.Then) || p.end >= 0 && p.changedBetween(from, i)) {
			from = i
		}
	}
	until = from
	for p.Kind == KindIncident && until+1 < len(p.shown.Then) && refuses(p.shown.Then[until+1]) {
		until++
	}
	return from, until
}

// changedBetween says whether the org is changed behind the one step and before the other.
func (p Plan) changedBetween(from, to int) bool {
	return slices.ContainsFunc(p.shown.Then[from+1:to], func(s fixtures.Step) bool { return len(s.Change) > 0 })
}

func refuses(s fixtures.Step) bool {
	return s.Token != nil && (s.Token.Want.Refusal != "" || len(s.Token.Want.Mixed) > 0) || s.Call != nil && s.Call.Want.Refusal != ""
}

// keeper keeps the session open that a spec would close, and remembers its requests.
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
	mu sync.Mutex // guards sent
	// sent are the requests since something was changed last, each once.
	sent []request.Wire
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
	k.note(request.Wire{Method: r.Method, URL: r.URL.String(), Header: r.Header.Clone(), Body: body})
	return k.Session.RoundTrip(r)
}

// note puts a request last, and takes it away from where it stood before.
func (k *kept) note(w request.Wire) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.sent = slices.DeleteFunc(k.sent, func(o request.Wire) bool {
		return o.Method == w.Method && o.URL == w.URL && bytes.Equal(o.Body, w.Body)
	})
	k.sent = append(k.sent, w)
}

func (k *kept) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.sent = nil
}

// Change changes the org.
func (k *kept) Change(changes ...fixtures.Change) error {
	k.forget()
	return k.Session.Change(changes...)
}

// Advance moves the clock.
func (k *kept) Advance(d time.Duration) error {
	k.forget()
	return k.Session.Advance(d)
}

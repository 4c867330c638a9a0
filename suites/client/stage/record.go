package stage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

const (
	// mostBody is how much of a body is kept, mostBodies of all of a scenario.
	mostBody   = 4 << 20
	mostBodies = 64 << 20
)

// record is what is seen of the client.
type record struct {
	began      time.Time
	mu         sync.Mutex
	run        int
	exchanges  []*evidence.Exchange
	handshakes []evidence.Handshake
	// peers are the newest handshakes by the client's address.
	peers   map[string]int
	marks   []evidence.Mark
	running sync.WaitGroup
	killed  bool
	// inRun is how many exchanges the present start of the client has had, over how
	// many requests beyond the limit, beyond those of all starts.
	inRun, over, beyond int
	// kept is how many bytes of bodies there are.
	kept     int64
	failures []error
	aliases  []alias
	moved    bool
}

// alias is a token that the client is given in place of the org's own.
type alias struct{ given, own []byte }

// BeginRun says that what arrives from now on belongs to the nth start of the client.
func (s *Stage) BeginRun(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.run, s.inRun, s.over = n, 0, 0
}

// Mark notes that the scenario did something; judges look for the name.
func (s *Stage) Mark(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.marks = append(s.marks, evidence.Mark{Name: name, At: s.options.Now(), After: len(s.exchanges)})
}

// Seen is how many exchanges there have been.
func (s *Stage) Seen() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.exchanges)
}

// MoveInstance has the org live at another instance host from now on: every later
// token answer names it, and the old one knows no session.
func (s *Stage) MoveInstance() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moved = true
}

func (s *Stage) hasMoved() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.moved
}

// Alias gives the client another access token than the org's in a token answer, of
// whatever form and length; the org still gets its own.
func (s *Stage) Alias(a *Answer, token string) {
	own := a.Field("access_token")
	if own == "" {
		return
	}
	s.mu.Lock()
	s.aliases = append(s.aliases, alias{[]byte(token), []byte(own)})
	s.mu.Unlock()
	a.Set("access_token", token)
}

func (s *Stage) unalias(text []byte) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	// The newest first: two tokens of the org may have been given under one name.
	for _, a := range slices.Backward(s.aliases) {
		text = bytes.ReplaceAll(text, a.given, a.own)
	}
	return text
}

// admit counts a request. Over is how many there have been beyond the limit, of which
// nothing is kept: a flood must not cost memory.
func (s *Stage) admit() (over int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.inRun < s.options.Requests {
		s.inRun++
		s.running.Add(1)
		return 0
	}
	s.killed = true
	s.over++
	s.beyond++
	return s.over
}

// arrive takes a request down that was admitted.
func (s *Stage) arrive(d door, r *http.Request) *evidence.Exchange {
	body, cut := readBody(r, s.room())
	x := exchangeOf(d, r, body, cut)
	x.Arrived, x.OrgTime = s.options.Now(), s.orgs[d.org].Now()
	s.readAssertion(x)
	s.secrets.Add("assertion", x.Param("assertion"))
	s.mu.Lock()
	defer s.mu.Unlock()
	x.Run = s.run
	x.Number = len(s.exchanges) + 1
	s.kept += int64(len(body))
	s.exchanges = append(s.exchanges, x)
	return x
}

// room is how much of the next body is kept.
func (s *Stage) room() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.left()
}

// left is room for who has the lock.
func (s *Stage) left() int64 { return max(0, min(mostBody, mostBodies-s.kept)) }

func readBody(r *http.Request, most int64) (body []byte, cut bool) {
	// What did not arrive was not sent.
	body, _ = io.ReadAll(io.LimitReader(r.Body, most+1))
	return body, int64(len(body)) > most
}

// note says what was done to an answer on purpose.
func (s *Stage) note(x *evidence.Exchange, fault string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x.Response.Fault != "" {
		fault = x.Response.Fault + ", " + fault
	}
	x.Response.Fault = fault
}

func (s *Stage) responded(x *evidence.Exchange, status int, h http.Header) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x.Response.Status, x.Response.Header = status, h.Clone()
}

// wrote notes what of a body went out: its plain text, and how many bytes it took.
func (s *Stage) wrote(x *evidence.Exchange, p []byte, sent int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x.Response.Sent += int64(sent)
	p = p[:min(int64(len(p)), mostBody-int64(len(x.Response.Body)), s.left())]
	s.kept += int64(len(p))
	x.Response.Body = append(x.Response.Body, p...)
}

// failed notes that a scenario or the fake panicked: a failure of the harness.
func (s *Stage) failed(value any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.failures) < mostFailures {
		s.failures = append(s.failures, fmt.Errorf("stage: scenario %q panics: %v", s.options.Scenario, value))
	}
}

// mostFailures is how many failures of the harness are kept.
const mostFailures = 3

// Err is what went wrong with the scenario itself while requests were answered.
func (s *Stage) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(s.failures...)
}

// broke notes that the connection was broken off on purpose.
func (s *Stage) broke(x *evidence.Exchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x.Response.Broken = true
}

// answered ends an exchange, however it ended.
func (s *Stage) answered(x *evidence.Exchange) {
	s.mu.Lock()
	x.Answered = s.options.Now()
	x.Response.Body = plain(x.Response.Header, x.Response.Body)
	if x.Response.Status == 0 {
		x.Response.Broken = true
	}
	if x.Kind == evidence.TokenRequest && x.Response.Status == http.StatusOK {
		x.Issued = (&Answer{Body: x.Response.Body}).Field("access_token")
	}
	s.mu.Unlock()
	s.secrets.Add("access token", x.Issued)
	s.running.Done()
}

func (r *record) settle(ctx context.Context) {
	done := make(chan struct{})
	go func() { r.running.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

func (r *record) evidence() *evidence.Evidence {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := &evidence.Evidence{
		Handshakes: slices.Clone(r.handshakes), Marks: slices.Clone(r.marks), KillSwitch: r.killed, Beyond: r.beyond,
	}
	for _, x := range r.exchanges {
		e.Exchanges = append(e.Exchanges, *x)
	}
	return e
}

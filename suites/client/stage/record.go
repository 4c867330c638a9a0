package stage

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// mostBody is how much of a body is kept.
const mostBody = 4 << 20

// record is what is seen of the client.
type record struct {
	began      time.Time
	mu         sync.Mutex
	run        int
	exchanges  []*evidence.Exchange
	handshakes []evidence.Handshake
	marks      []evidence.Mark
	running    sync.WaitGroup
	killed     bool
	over       int
	aliases    []alias
	moved      bool
}

// alias is a token that the client is given in place of the org's own.
type alias struct{ given, own []byte }

// BeginRun says that what arrives from now on belongs to the nth start of the client.
func (s *Stage) BeginRun(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.run, s.over = n, 0
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

// arrive takes a request down. Over is how many there have been beyond the limit.
func (s *Stage) arrive(d door, r *http.Request) (x *evidence.Exchange, over int) {
	body, cut := readBody(r)
	x = exchangeOf(d, r, body, cut)
	x.Arrived, x.OrgTime = s.options.Now(), s.orgs[d.org].Now()
	s.readAssertion(x)
	s.secrets.Add("assertion", x.Param("assertion"))
	s.mu.Lock()
	defer s.mu.Unlock()
	x.Run = s.run
	if s.inRun() >= s.options.Requests {
		s.killed = true
		s.over++
		return nil, s.over
	}
	x.Number = len(s.exchanges) + 1
	s.exchanges = append(s.exchanges, x)
	s.running.Add(1)
	return x, 0
}

// inRun is how many exchanges the present start of the client has had.
func (s *Stage) inRun() int {
	n := 0
	for _, x := range slices.Backward(s.exchanges) {
		if x.Run != s.run {
			break
		}
		n++
	}
	return n
}

func readBody(r *http.Request) (body []byte, cut bool) {
	// What did not arrive was not sent.
	body, _ = io.ReadAll(io.LimitReader(r.Body, mostBody+1))
	if len(body) > mostBody {
		return body[:mostBody], true
	}
	return body, false
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
	x.Response.Body = append(x.Response.Body, p[:min(len(p), mostBody-len(x.Response.Body))]...)
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
		Handshakes: slices.Clone(r.handshakes), Marks: slices.Clone(r.marks), KillSwitch: r.killed,
	}
	for _, x := range r.exchanges {
		e.Exchanges = append(e.Exchanges, *x)
	}
	return e
}

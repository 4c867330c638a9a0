package stage

import (
	"bytes"
	"io"
	"net/http"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// door is a listener's place in the world: which host it is, and of which org.
type door struct {
	stage *Stage
	role  evidence.Role
	org   int
}

// farBeyond is how many requests after the kill switch end the client itself.
const farBeyond = 50

// ServeHTTP takes one request from its arrival to the answer.
func (d door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s := d.stage
	if over := s.admit(); over > 0 {
		s.testComplete(w, over)
		return
	}
	x := s.arrive(d, r)
	due := s.due(x)
	out := &outgoing{w: w, stage: s, exchange: x, due: due, header: http.Header{}}
	defer s.caught()
	defer s.answered(x)
	defer s.afterwards(x, due)
	defer func() {
		if cut := recover(); cut != nil {
			s.broke(x)
			panic(cut)
		}
	}()
	for _, c := range due {
		if c.before != nil {
			c.before(x)
		}
	}
	s.answer(out, r, x, due)
	out.finish()
}

// caught tells a connection that is broken off on purpose from a failure of ours.
func (s *Stage) caught() {
	switch cut := recover(); cut {
	case nil:
		return
	case http.ErrAbortHandler:
	default:
		s.failed(cut)
	}
	panic(http.ErrAbortHandler)
}

// answer is the org's, or what stands in its place.
func (s *Stage) answer(out *outgoing, r *http.Request, x *evidence.Exchange, due []*cue) {
	for _, c := range due {
		if c.instead != nil {
			s.note(x, c.name)
			out.send(c.instead(x))
			return
		}
	}
	switch {
	case x.Role == evidence.Foreign:
		// A host of somebody else's takes what it gets and says nothing of use.
		out.send(JSON(http.StatusOK, `{}`))
	case x.Role == evidence.Plain:
		out.send(Redirect(http.StatusMovedPermanently, s.Base(evidence.Token, x.Org)+r.URL.RequestURI()))
	case x.Role == evidence.Token && x.Kind == evidence.APICall:
		out.send(Refusal(wrongHost))
	case x.Role == evidence.Instance && s.hasMoved() && x.Kind != evidence.TokenRequest:
		out.send(Refusal(sessionEnded))
	default:
		s.forward(out, r, x)
	}
}

// The refusals of the catalogue that the stage itself answers with.
const (
	wrongHost    fixtures.RefusalID = "url-not-reset"
	sessionEnded fixtures.RefusalID = "session-expired"
)

// queryOptions ask for a page size. Who does not ask gets the smallest, as the service
// is free to give: the query of the contract reads several pages (facts: section 3.1).
const queryOptions = "Sforce-Query-Options"

// forward has the org answer, under its own name and with its own token.
func (s *Stage) forward(out *outgoing, r *http.Request, x *evidence.Exchange) {
	r.Body = io.NopCloser(bytes.NewReader(s.unalias(x.Request.Body)))
	if x.Request.Cut {
		r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(x.Request.Body), r.Body))
	} else {
		r.ContentLength = int64(len(s.unalias(x.Request.Body)))
	}
	if h := r.Header.Get("Authorization"); h != "" {
		r.Header.Set("Authorization", string(s.unalias([]byte(h))))
	}
	if r.Header.Get(queryOptions) == "" {
		r.Header.Set(queryOptions, "batchSize=200")
	}
	if s.options.Via == Proxy && r.Host != fixtures.LoginHost && r.Host != fixtures.TestHost {
		r.Host = s.casts[x.Org].config.MyDomainHost()
	}
	s.server.HandlerFor(s.orgs[x.Org], s.instance(x.Org)).ServeHTTP(out, r)
}

// instance is where the data of an org lives by now.
func (s *Stage) instance(org int) string {
	if s.hasMoved() {
		return s.Base(evidence.Moved, org)
	}
	return s.Base(evidence.Instance, org)
}

// testComplete ends endless loops (client-requirements.md section 0, kill switch).
func (s *Stage) testComplete(w http.ResponseWriter, over int) {
	if over > farBeyond {
		s.kills.Do(func() { close(s.kill) })
	}
	w.Header().Set("Connection", "close")
	http.Error(w, "test_complete: this client has made its point", http.StatusGone)
}

func (s *Stage) afterwards(x *evidence.Exchange, due []*cue) {
	for _, c := range due {
		if c.after != nil {
			c.after(x)
		}
	}
}

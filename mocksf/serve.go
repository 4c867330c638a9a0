package mocksf

import (
	"context"
	"io"
	"log"
	"net/http"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/fault"
)

// silent swallows what net/http has to say of broken connections.
var silent = log.New(io.Discard, "", 0)

// serve takes one request from the socket to the answer: read, route, answer, write.
func (s *Server) serve(w http.ResponseWriter, raw *http.Request) {
	r, err := read(raw)
	if err != nil {
		// There is no capture of what the real service does with a client that takes
		// too long; 408 is HTTP's own word (RFC 9110 section 15.5.9).
		w.Header().Set("Connection", "close")
		http.Error(w, err.Error(), http.StatusRequestTimeout)
		return
	}
	org, role := s.route(r, s.addressed(raw.Context()))
	if org == nil {
		s.orgs[0].recordUnknownHost(r)
		panic(http.ErrAbortHandler)
	}
	r.Host.Role = role
	r.Host.Instance, _ = raw.Context().Value(instanceKey{}).(string)
	answer, effect := org.answer(r)
	if effect == (fault.Effect{}) {
		write(w, r, answer, org.nextID())
		return
	}
	s.serveUnder(raw.Context(), reply{w, r, answer, org.nextID()}, effect)
}

// reply is an answer that a fault is about.
type reply struct {
	w      http.ResponseWriter
	r      *exchange.Request
	answer exchange.Answer
	id     requestID
}

// serveUnder carries a fault out.
func (s *Server) serveUnder(ctx context.Context, x reply, e fault.Effect) {
	if err := e.Wait(ctx, nil); err != nil {
		panic(http.ErrAbortHandler)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.life, cancel)() //nolint:contextcheck // the server's end ends it as the client's does
	if !e.Silent() {
		x.write(ctx, e)
	}
	switch {
	case e.Cut != "":
		cut(x.w, e.Cut)
	case e.Hang != "":
		<-ctx.Done()
		panic(http.ErrAbortHandler)
	case e.Truncate:
		panic(http.ErrAbortHandler)
	}
}

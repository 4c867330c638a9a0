package mocksf

import (
	"io"
	"log"
	"net/http"
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
	answer, effect := org.answer(r)
	if err := effect.Wait(raw.Context(), nil); err != nil || effect.Reset {
		panic(http.ErrAbortHandler)
	}
	write(w, r, answer, org.nextID(), effect.Truncate)
}

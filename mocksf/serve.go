package mocksf

import (
	"errors"
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
		refuseUnread(w, err)
		return
	}
	org, role := s.route(r, s.addressed(raw.Context()))
	if org == nil {
		// There is no such My Domain: on the real service its name does not resolve.
		panic(http.ErrAbortHandler)
	}
	r.Host.Role = role
	answer, effect := org.answer(r)
	if err := effect.Wait(raw.Context(), nil); err != nil || effect.Reset {
		panic(http.ErrAbortHandler)
	}
	write(w, r, answer, org.nextID())
	if effect.Truncate {
		panic(http.ErrAbortHandler)
	}
}

// refuseUnread answers a client that broke off or took too long. There is no
// capture of what the real service does; 408 is HTTP's own word (RFC 9110 section 15.5.9).
func refuseUnread(w http.ResponseWriter, err error) {
	status := http.StatusRequestTimeout
	if !errors.Is(err, errUnreadable) {
		status = http.StatusBadRequest
	}
	w.Header().Set("Connection", "close")
	http.Error(w, err.Error(), status)
}

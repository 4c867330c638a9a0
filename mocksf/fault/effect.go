package fault

import (
	"time"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// Effect is what a fault does to one answer. Its fields are independent of each
// other; the zero value leaves the answer as it is.
type Effect struct {
	// Delay is how long to wait before anything is sent.
	Delay time.Duration
	// Answer stands in for the org's own, which is not asked; nil means the org answers.
	Answer *exchange.Answer
	// ContentType stands in for the answer's; empty leaves it.
	ContentType string
	// Truncate says to announce the whole body, send half of it and close the connection.
	Truncate bool
	// Cut is where the connection is reset; empty means that it is not.
	Cut Where
	// Hang is where sending stops while the connection stays; empty means nowhere.
	Hang Where
	// Drip is the time between two bytes of the body.
	Drip time.Duration
	// Size is how many bytes the body is padded to.
	Size int64
	// Encoding is how the body is sent; empty means as the client's offer has it.
	Encoding Encoding
}

// Effect is what the fault does to the answer to r. The fault must have passed Check.
func (f Fault) Effect(r *exchange.Request) Effect {
	for _, k := range kinds {
		if k.kind == f.Kind {
			e := k.effect(f, r)
			e.Delay = time.Duration(f.Delay)
			return e
		}
	}
	return Effect{}
}

// Silent says that nothing of the answer is sent.
func (e Effect) Silent() bool {
	return e.Cut == Before || e.Cut == Unsent || e.Hang == Before || e.Hang == Unsent
}

// BreaksOff says that half of the body is sent.
func (e Effect) BreaksOff() bool { return e.Truncate || e.Cut == Inside || e.Hang == Inside }

// Of is the answer under the effect: the fault's, or the org's own, which is asked
// only if it is needed.
func (e Effect) Of(own func() exchange.Answer) exchange.Answer {
	var a exchange.Answer
	switch {
	case e.Answer != nil:
		a = *e.Answer
	case e.Cut != Before && e.Hang != Before:
		a = own()
	}
	if e.ContentType != "" {
		a.ContentType = e.ContentType
	}
	return a
}

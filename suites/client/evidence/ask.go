package evidence

import (
	"slices"
	"strings"
	"time"
)

// TokenRequests are the requests to a token endpoint, on whatever host.
func (e *Evidence) TokenRequests() []Exchange { return e.Of(TokenRequest) }

// APICalls are the calls of /services/data.
func (e *Evidence) APICalls() []Exchange { return e.Of(APICall) }

// Of are the exchanges of the kinds, in order.
func (e *Evidence) Of(kinds ...Kind) []Exchange {
	return e.Where(func(x Exchange) bool { return slices.Contains(kinds, x.Kind) })
}

// Where are the exchanges that fit, in order.
func (e *Evidence) Where(fits func(Exchange) bool) []Exchange {
	var found []Exchange
	for _, x := range e.Exchanges {
		if fits(x) {
			found = append(found, x)
		}
	}
	return found
}

// At are the exchanges with a host of the role.
func (e *Evidence) At(r Role) []Exchange {
	return e.Where(func(x Exchange) bool { return x.Role == r })
}

// AfterMark are the exchanges that arrived after the scenario did what the mark
// names, for the first time; false if it never did.
func (e *Evidence) AfterMark(name string) ([]Exchange, bool) {
	m, ok := e.Mark(name)
	if !ok {
		return nil, false
	}
	return e.Where(func(x Exchange) bool { return x.Number > m.After }), true
}

// Mark is the first mark of the name.
func (e *Evidence) Mark(name string) (Mark, bool) {
	for _, m := range e.Marks {
		if m.Name == name {
			return m, true
		}
	}
	return Mark{}, false
}

// InRun are the exchanges of one start of the client, counted from 1.
func (e *Evidence) InRun(number int) []Exchange {
	return e.Where(func(x Exchange) bool { return x.Run == number })
}

// LastRun is the last start of the client; the zero value if there was none.
func (e *Evidence) LastRun() Run {
	if len(e.Runs) == 0 {
		return Run{}
	}
	return e.Runs[len(e.Runs)-1]
}

// Text is all that the client wrote in all runs.
func (e *Evidence) Text() string {
	var all strings.Builder
	for _, r := range e.Runs {
		all.WriteString(r.Stdout.Text() + "\n" + r.Stderr.Text() + "\n" + r.Err + "\n")
	}
	return all.String()
}

// Gaps are the waits between the exchanges: from the answer to one to the arrival
// of the next.
func Gaps(of []Exchange) []time.Duration {
	var gaps []time.Duration
	for i := 1; i < len(of); i++ {
		from := of[i-1].Answered
		if from.IsZero() {
			from = of[i-1].Arrived
		}
		gaps = append(gaps, of[i].Arrived.Sub(from))
	}
	return gaps
}

// Numbers are the numbers of the exchanges, the first n of them.
func Numbers(of []Exchange, n int) []int {
	var numbers []int
	for _, x := range of[:min(n, len(of))] {
		numbers = append(numbers, x.Number)
	}
	return numbers
}

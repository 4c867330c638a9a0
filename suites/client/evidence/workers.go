package evidence

import "time"

// AtLeastOne is how many workers a client has: Workers, or one.
func (e *Evidence) AtLeastOne() int { return max(1, e.Workers) }

// HeldAtOnce is how many access tokens the client held at the same time in a start, at
// most. A token is held from the request for it until its last use; one that is never
// used is held by nobody. A client that logs in anew for each call holds one at a time,
// one whose processes log in for themselves as many as it has of them.
func (e *Evidence) HeldAtOnce() int {
	most := 0
	held := e.holdings()
	for _, h := range held {
		n := 0
		for _, other := range held {
			if other.run == h.run && !other.from.After(h.from) && other.until.After(h.from) {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// holding is how long a token was held in a start of the client. One that is issued twice
// is one session, whoever asked for it.
type holding struct {
	run         int
	from, until time.Time
}

func (e *Evidence) holdings() []holding {
	type key struct {
		run   int
		token string
	}
	seen := map[key]bool{}
	var all []holding
	for _, x := range e.Exchanges {
		if x.Issued == "" || seen[key{x.Run, x.Issued}] {
			continue
		}
		seen[key{x.Run, x.Issued}] = true
		h := holding{run: x.Run, from: x.Arrived}
		for _, y := range e.Exchanges {
			if y.Token == x.Issued && y.Run == x.Run && y.Arrived.After(h.until) {
				h.until = y.Arrived
			}
		}
		if !h.until.IsZero() {
			all = append(all, h)
		}
	}
	return all
}

package explain

import "github.com/sfconform/sfconform/fixtures"

// rule says what follows from signals. A weight above 0 is how strongly they
// speak for the cause; a weight below 0 takes that share of what speaks for it away.
type rule struct {
	cause  fixtures.CauseID
	weight float64
	// all must be there, and one of any if there are any, and none of none.
	all  []signal
	any  []signal
	none []signal
}

func all(signals ...signal) []signal { return signals }

func (r rule) applies(f *facts) bool {
	for _, s := range r.all {
		if !f.has(s) {
			return false
		}
	}
	return (len(r.any) == 0 || f.hasAny(r.any...)) && !f.hasAny(r.none...)
}

// signals are those that the rule rests on, the telling ones first.
func (r rule) signals() []signal {
	return append(append([]signal{}, r.all...), r.any...)
}

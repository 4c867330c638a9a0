package exchange

import "github.com/sfconform/sfconform/fixtures"

// RefuseWith is Refuse with the blanks of the message filled in: names and what
// they stand for, in turn.
func RefuseWith(r *fixtures.Refusal, values ...string) Answer {
	filled := *r
	filled.Answer = r.Answer.With(values...)
	return Refuse(&filled)
}

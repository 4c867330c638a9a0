package explain

// readQuestions sees that the text shows a successful answer, and that words of
// failure stand only in what somebody asks about it: whether it is one.
func (f *facts) readQuestions(list []sentence) {
	if !f.has("token:response") || !f.has("says:failure") {
		return
	}
	rest, asked := f.p, false
	for _, s := range list {
		if f.asks(s) {
			rest.hideClause(clause{s.at, f.p.lower[s.at:s.end]})
			asked = true
		}
	}
	if asked && !rest.saysFailure() {
		f.add("failure:only-asked", f.at["says:failure"][0])
	}
}

// saysFailure says whether a word of failure stands in the prose.
func (p paste) saysFailure() bool {
	for _, s := range lexicon() {
		if s.signal != "says:failure" {
			continue
		}
		for _, phrase := range s.phrases {
			if _, ok := p.findProse(phrase.squashed); ok {
				return true
			}
		}
	}
	return false
}

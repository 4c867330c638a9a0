package explain

import (
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// withVerdict puts what is to be said in the place of, or before, the causes: that
// the text is another system's, that nothing failed, or that it decides nothing.
func (f *facts) withVerdict(found []Finding) []Finding {
	best := 0.0
	if len(found) > 0 {
		best = found[0].Confidence
	}
	switch {
	case f.otherSystem("other-cloud", best):
		return f.ahead(found, fixtures.CauseOtherCloud, "other-cloud")
	case f.otherSystem("foreign", best):
		return f.ahead(found, fixtures.CauseNotOurs, "foreign")
	case f.succeeded(best) || f.has("outcome:recovered"):
		return f.ahead(nil, fixtures.CauseNoError, "success")
	case best < enough:
		return f.insufficient(found, best)
	}
	return found
}

// otherSystem says whether the text is another system's: it names it, and nothing
// in it is a word of the platform's login.
func (f *facts) otherSystem(kind signal, best float64) bool {
	if !f.has(kind) {
		return false
	}
	if f.has("salesforce-own") || f.has("salesforce-words") && f.has("salesforce") {
		return false
	}
	if f.has("salesforce") {
		return best < enough && kind == "other-cloud" || best < sure && f.has(kind+":said") && !f.hasAny("wire", "salesforce-words", "salesforce-code")
	}
	return best < enough || f.has(kind+":said") || f.has("wire")
}

// succeeded says whether the text shows a login or a call that worked, and no error.
func (f *facts) succeeded(best float64) bool {
	if f.hasAny("wire", "salesforce-words", "salesforce-code") || best >= enough && !f.has("token:response") {
		return false
	}
	if best >= enough && f.hasAny("status:400", "status:401", "status:403", "status:404", "status:500", "status:503") {
		return false
	}
	if f.has("says:failure") && (!f.has("failure:only-asked") || f.hasAny("grant:code", "says:code-flow")) {
		return false
	}
	if f.hasAny("token:response", "records", "says:success") {
		return true
	}
	return f.has("status:200") && f.has("salesforce")
}

// ahead puts a verdict before the causes; these are no more than guesses then.
func (f *facts) ahead(found []Finding, id fixtures.CauseID, kind signal) []Finding {
	verdict := newFinding(id, 0.9)
	for s := range f.at {
		named := strings.HasPrefix(string(s), "system:") && (kind == "other-cloud") == isCloud(s)
		if named || kind == "success" && slices.Contains([]signal{"token:response", "records", "says:success", "outcome:recovered", "status:200"}, s) {
			verdict.Evidence = append(verdict.Evidence, f.evidence(s))
		}
	}
	slices.Sort(verdict.Evidence)
	verdict.Evidence = slices.Compact(verdict.Evidence)
	verdict.Evidence = verdict.Evidence[:min(len(verdict.Evidence), maxEvidence)]
	if kind == "success" {
		return []Finding{verdict}
	}
	return append([]Finding{verdict}, f.guesses(found)...)
}

func isCloud(s signal) bool {
	return slices.ContainsFunc(systems, func(sys system) bool { return sys.cloud && "system:"+sys.name == string(s) })
}

// insufficient says that the text decides nothing; the surer, the less speaks for any cause.
func (f *facts) insufficient(found []Finding, best float64) []Finding {
	verdict := newFinding(fixtures.CauseInsufficient, 0.95-best)
	for _, s := range []signal{"alone:invalid_grant", "alone:invalid_request", "alone:invalid_client", "status:400", "status:401", "status:403", "status:500", "says:failure"} {
		if f.has(s) {
			verdict.Evidence = append(verdict.Evidence, f.evidence(s))
			break
		}
	}
	return append([]Finding{verdict}, f.guesses(found)...)
}

// most is the confidence that a guess behind a verdict has at most.
const most = 0.3

// guesses are findings that a verdict stands before: never confident ones.
func (f *facts) guesses(found []Finding) []Finding {
	list := slices.Clone(found[:min(len(found), maxFindings-1)])
	for i := range list {
		list[i].Confidence = min(list[i].Confidence, most)
		list[i].Word = wordOf(list[i].Confidence)
	}
	return list
}

package explain

import (
	"slices"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
)

// recovered are how many lines must tell of work that went on after the last failure.
const recovered = 2

// readRecovery sees that a client tried again after a failure, and that all went
// well from then on: what failed on the way is no fault then.
func (f *facts) readRecovery(list []sentence) {
	failure, success, retry := setOf([]notion{"failure", "expired"}), setOf([]notion{"success"}), setOf([]notion{"retry"})
	failures, successes, retried, last := 0, 0, false, -1
	for _, s := range list {
		text := f.p.lower[s.at:s.end]
		retried = retried || s.holds.holdsAny(retry)
		switch well := s.holds.holdsAny(success) || goodStatus().MatchString(text); {
		case f.asks(s):
		case well && (!s.holds.holdsAny(failure) || unfailed().MatchString(text)):
			successes++
			last = s.at
		case s.holds.holdsAny(failure) || badStatus().MatchString(text):
			failures++
			successes = 0
		}
	}
	if retried && !f.refusedForGood() && failures > 0 && failures <= often && successes >= recovered {
		f.add("outcome:recovered", last)
	}
}

var (
	goodStatus = sync.OnceValue(func() *shape { return shapeOf(`\b20[0-4]\b`) })
	badStatus  = sync.OnceValue(func() *shape { return shapeOf(`\b[45]\d\d\b|_invalid|invalid_`) })
	// unfailed are the words for no failure.
	unfailed = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:0|no|without|zero|ohne|keine?|sans|sin|sem|senza) (?:errors?|failures?|failed|fehler|erreurs?|errore?s?|erros?)\b|exit code 0\b`)
	})
)

// asks says whether a person asks in the sentence, or says right before the
// question what it is about: a log asks nothing.
func (f *facts) asks(s sentence) bool {
	if s.end < len(f.p.text) && f.p.text[s.end] == '?' {
		return true
	}
	line, _, _ := strings.Cut(f.p.lower[s.end:], "\n")
	return strings.HasSuffix(line, "?") && !goodStatus().MatchString(f.p.lower[s.at:s.end]) && !unfailed().MatchString(f.p.lower[s.at:s.end])
}

// unfailedWords are the same squashed: they are words of failures and tell of none.
var unfailedWords = []string{"noerrors", "noerror", "0errors", "zeroerrors", "withouterrors", "withouterror", "nofailures", "0failures", "0failed", "withoutfailures", "ohnefehler", "keinefehler", "0fehler", "sanserreur", "sanserreurs", "0erreur", "sinerrores", "semerros", "senzaerrori"}

// refusedForGood says whether Salesforce refused with words that no second attempt changes.
func (f *facts) refusedForGood() bool {
	return slices.ContainsFunc(fixtures.Refusals, func(r fixtures.Refusal) bool {
		return (r.Retry == fixtures.RetryNever || r.Retry == fixtures.RetryPropagation) && f.has(wireSignal(r.ID))
	})
}

package explain

import (
	"regexp"
	"slices"
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
		asked := f.question(s.at)
		retried = retried || s.holds.holdsAny(retry)
		switch well := s.holds.holdsAny(success) || f.answered200(s.at); {
		case well && !asked && (!s.holds.holdsAny(failure) || f.nothingFailed(s.at)):
			successes++
			last = s.at
		case !asked && !f.questionBehind(s.at) && (s.holds.holdsAny(failure) || f.answeredBad(s.at)):
			failures++
			successes = 0
		}
	}
	if retried && !f.refusedForGood() && failures > 0 && failures <= often && successes >= recovered {
		f.add("outcome:recovered", last)
	}
}

var (
	// asked is a line by which a person asks what a log means.
	asked = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[^\n.!;]*\?`)
	})
	askedBehind = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[^\n]*\?`)
	})
	goodStatus = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[^\n]*\b20[0-4]\b`)
	})
	badStatus = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[^\n]*(?:\b[45]\d\d\b|_invalid|invalid_)`)
	})
	// unfailed are the words for no failure.
	unfailed = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[^\n]*(?:\b(?:0|no|without|zero|ohne|keine?|sans|sin|sem|senza) (?:errors?|failures?|failed|fehler|erreurs?|errore?s?|erros?)\b|exit code 0\b)`)
	})
)

func (f *facts) question(at int) bool       { return asked().MatchString(f.p.lower[at:]) }
func (f *facts) questionBehind(at int) bool { return askedBehind().MatchString(f.p.lower[at:]) }
func (f *facts) answered200(at int) bool    { return goodStatus().MatchString(f.p.lower[at:]) }
func (f *facts) answeredBad(at int) bool    { return badStatus().MatchString(f.p.lower[at:]) }
func (f *facts) nothingFailed(at int) bool  { return unfailed().MatchString(f.p.lower[at:]) }

// unfailedWords are the same squashed: they are words of failures and tell of none.
var unfailedWords = []string{"noerrors", "noerror", "0errors", "zeroerrors", "withouterrors", "withouterror", "nofailures", "0failures", "0failed", "withoutfailures", "ohnefehler", "keinefehler", "0fehler", "sanserreur", "sanserreurs", "0erreur", "sinerrores", "semerros", "senzaerrori"}

// refusedForGood says whether Salesforce refused with words that no second attempt changes.
func (f *facts) refusedForGood() bool {
	return slices.ContainsFunc(fixtures.Refusals, func(r fixtures.Refusal) bool {
		return (r.Retry == fixtures.RetryNever || r.Retry == fixtures.RetryPropagation) && f.has(wireSignal(r.ID))
	})
}

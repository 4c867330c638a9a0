package explain

import (
	"strings"
	"sync"
)

// often is how many times a line must come back to tell something.
const often = 3

var clockTime = shapeOf(`\d\d:\d\d(?::\d\d)?`)

var (
	// loginLines are parts of a log's line that tells of a login.
	loginLines = []string{"oauth2/token", "login success", "login ok", "logged in", "logging in", "requesting new", "requesting token", "authenticating", "new session", "token acquired", "token received"}
	// callLines are the same of a call behind it.
	callLines = []string{"/services/data", "/services/apexrest", "/services/async", "/sobjects", "upsert", "insert", "select ", "query", "update ", "describe"}
)

// countedLogin is a login with its number, of those that only a login for each call reaches.
var countedLogin = sync.OnceValue(func() *shape {
	return shapeOf(`\b(?:log(?:in|on|ged in)s?|sign-?ins?|auth(?:entication|entications)?|anmeldung(?:en)?|connexions?)(?:\b|_)["']?[ _-]?(?:count|counter|number|total|no\.?|nr\.?|attempts?|today|this hour|so far)?["']?\s*(?:[#:=]|is|at|nr\.?|no\.?)\s*#?\d{3,}\b|\b\d{3,}(?:st|nd|rd|th|\.) (?:log(?:in|on)s?|sign-?ins?|anmeldung(?:en)?)\b|\b(?:log(?:in|on)s?) \d{3,} ?(?:/|of) ?\d{3,}`)
})

// readRepetition counts what a log says again and again.
func (f *facts) readRepetition() {
	sessions, logins := 0, 0
	var taken turns
	for line := range strings.SplitSeq(f.p.lower, "\n") {
		if strings.Contains(line, "invalid_session_id") && clockTime.MatchString(line) {
			sessions++
		}
		login := holdsOne(line, loginLines)
		if login {
			logins++
		}
		taken.note(login, !login && holdsOne(line, callLines))
	}
	if sessions >= often {
		f.tell("repeat:session", "the session is refused again and again, and no login lies between")
	}
	counted := countedLogin().FindStringIndex(f.p.lower)
	if counted != nil || logins > often+1 || taken.every() {
		f.tell("repeat:login", "the log has one login after the other")
	}
}

func holdsOne(line string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(line, part) {
			return true
		}
	}
	return false
}

// turns counts how logins and calls take turns in a log.
type turns struct {
	logins, calls, pairs int
	// after: the last line that counted was a login.
	after bool
}

func (t *turns) note(login, call bool) {
	switch {
	case login:
		t.logins++
		t.after = true
	case call:
		t.calls++
		if t.after {
			t.pairs++
		}
		t.after = false
	}
}

// every says whether each call has a login of its own: in two pairs with a login
// behind them, or in more.
func (t *turns) every() bool {
	return t.calls == t.pairs && (t.pairs >= often || t.pairs > 1 && t.logins > t.pairs)
}

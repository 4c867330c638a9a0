package explain

import "sync"

// reading is a signal that stands for notions which come together in a sentence:
// all of them, and one of each list of alternatives, and none of the others.
type reading struct {
	signal signal
	all    []notion
	either [][]notion
	none   []notion
	// near: the next sentence may hold some of the notions, as the lines of a stack trace do.
	near bool
}

func oneOf(notions ...notion) [][]notion { return [][]notion{notions} }

// readings are in the groups of their subjects.
var readings = []reading{
	// What the machine says in its own language.
	{signal: "tls:untrusted", all: []notion{"cert", "untrusted"}, either: oneOf("not", "unknown", "failure", "invalidity"), none: []notion{"jwtword", "mismatch", "expired"}},
	{signal: "tls:untrusted", all: []notion{"issuer", "unknown"}, none: []notion{"jwtword"}},
	{signal: "tls:hostname", all: []notion{"cert", "hostname", "mismatch"}, either: [][]notion{{"not", "failure", "mismatched"}, {"webword", "tls"}}, none: []notion{"jwtword"}},
	{signal: "tls:old", all: []notion{"tls", "channel", "created"}, either: oneOf("not", "failure")},
	{signal: "tls:old", all: []notion{"tls", "ability", "not"}, none: []notion{"cert"}},
	{signal: "dns:failed", all: []notion{"resolve", "hostword"}, either: oneOf("not", "failure", "unknown", "nothing")},
	{signal: "dns:failed", all: []notion{"unknown", "hostname", "resolve"}},
	{signal: "dns:failed", all: []notion{"domainword", "found", "not"}},
	{signal: "tls:handshake", all: []notion{"handshake", "failure"}},
	{signal: "net:timeout", all: []notion{"timeword", "overrun"}, none: []notion{"session", "expclaim"}},
	{signal: "net:refused", all: []notion{"connect", "refused"}},
	{signal: "net:failed", all: []notion{"connect", "not"}, either: oneOf("hostword", "serverword"), none: []notion{"cert", "flowkind"}},
	{signal: "net:timeout", all: []notion{"timed", "out", "connect"}, none: []notion{"session"}},
	{signal: "net:walled", all: []notion{"wall"}, either: oneOf("blocked", "lost", "not", "unavailable")},
	{signal: "says:maintenance", all: []notion{"maintenance"}, either: oneOf("unavailable", "salesforce", "signin")},

	// What a client does with an answer that it did not expect.
	{signal: "local:null-result", all: []notion{"null"}, either: [][]notion{{"token", "endpoint"}, {"failure", "not"}}, none: []notion{"refresh", "config", "header"}, near: true},
	{signal: "local:bad-arguments", all: []notion{"demand"}, either: [][]notion{{"argument", "secret", "password", "clientid"}, {"localerror", "failure", "usage", "null"}}, none: []notion{"header", "session", "cert"}},
	{signal: "local:bad-arguments", all: []notion{"demand", "formatword", "failure"}, none: []notion{"header", "session", "cert", "json"}, near: true},
	{signal: "local:bad-arguments", all: []notion{"addressed", "obliged", "supply", "choice"}, either: oneOf("argument", "secret", "password", "clientid", "token", "urlword"), none: []notion{"header", "cert", "theirside"}},
	{signal: "local:bad-arguments", all: []notion{"missing", "localerror"}, either: oneOf("secret", "password", "clientid"), none: []notion{"header"}},
	{signal: "local:bad-arguments", all: []notion{"unknown", "oneof"}, either: oneOf("argument", "secret", "cannotset"), none: []notion{"flowkind"}},
	{signal: "local:no-such-flow", all: []notion{"only", "ability", "password"}, none: []notion{"header"}},
	{signal: "local:no-such-flow", all: []notion{"support", "not"}, either: oneOf("flowname", "flowkind"), none: []notion{"body", "incident", "resolved", "theirside"}},
	{signal: "local:no-such-flow", all: []notion{"flowkind", "oneof"}, either: oneOf("unknown", "demand"), none: []notion{"body", "token"}},
	{signal: "local:no-such-flow", all: []notion{"flowkind", "unsupported"}, none: []notion{"body"}},
	{signal: "local:no-such-flow", all: []notion{"flowkind", "not", "offer"}, none: []notion{"audience", "endpoint"}},
	{signal: "local:no-such-flow", all: []notion{"flowkind", "only", "knows"}, none: []notion{"body", "session"}},
	{signal: "local:no-such-flow", all: []notion{"flowkind", "demand", "oneword"}, none: []notion{"token", "body"}},
	{signal: "local:no-such-flow", all: []notion{"flowkind", "part", "not"}, none: []notion{"null", "token"}},

	// What people tell.
	{signal: "config:lost", all: []notion{"config"}, either: oneOf("null", "nothing", "missing", "ignored", "stale", "misread"), none: []notion{"refresh", "session"}},
	{signal: "config:lost", all: []notion{"config", "ignored"}, none: []notion{"refresh", "session"}, near: true},
	{signal: "config:lost", all: []notion{"placeholder", "filled", "not"}, none: []notion{"refresh"}},
	{signal: "says:no-header", all: []notion{"authword"}, either: oneOf("lost", "missing", "nothing", "without"), none: []notion{"proxyword", "code", "callback", "failure"}},
	{signal: "says:no-header", all: []notion{"header"}, either: oneOf("lost", "missing", "not", "nothing", "null"), none: []notion{"proxyword", "code", "callback"}},
	{signal: "says:hardcoded", all: []notion{"audience", "always"}},
	{signal: "says:hardcoded", all: []notion{"audience", "not", "changeable"}, near: true},
	{signal: "says:timezone", all: []notion{"expclaim", "zone"}},
	{signal: "says:code-reused", all: []notion{"code", "twice"}, either: oneOf("callback", "sends", "login"), near: true, none: []notion{"status"}},
	{signal: "says:code-flow", all: []notion{"code", "exchange"}},
	{signal: "says:code-carried", all: []notion{"code", "carried"}, none: []notion{"status", "failure", "secret", "clientid", "password"}, near: true},
	{signal: "says:refresh-ended", all: []notion{"refresh", "token", "expired"}},
	{signal: "says:refresh-unfit", all: []notion{"refresh", "token", "not"}, either: oneOf("found", "untrusted")},
	{signal: "told:vendor", all: []notion{"vendor", "told"}, either: oneOf("incident", "resolved"), none: []notion{"ourside", "maintenance"}, near: true},
	{signal: "says:never-again", all: []notion{"not", "again", "login"}},
	{signal: "says:never-again", all: []notion{"not", "handles", "unauth"}},
	{signal: "says:never-again", all: []notion{"forever", "unauth"}},
	{signal: "says:until-restart", all: []notion{"until", "restart"}},
	{signal: "says:per-request", all: []notion{"loop", "login"}},
	{signal: "says:never-again", all: []notion{"not", "cache", "token"}},
	{signal: "says:per-request", all: []notion{"each", "login", "unit"}},
	{signal: "says:per-request", all: []notion{"each", "session", "unit"}, none: []notion{"expired", "failure", "refresh"}},
	{signal: "local:already-refreshing", all: []notion{"several", "refresh", "token"}},
	{signal: "token:as-refresh", all: []notion{"access", "token", "refresh", "stored"}, none: []notion{"not", "null", "missing"}},
	{signal: "token:as-refresh", all: []notion{"refresh", "token", "stored", "wrongly"}, none: []notion{"not", "null", "missing"}},
	{signal: "url:added-twice", all: []notion{"address", "added", "again"}},
	{signal: "says:until-restart", all: []notion{"restart", "helps"}},
	{signal: "token:encrypted", all: []notion{"garbled", "refresh", "token"}},
	{signal: "param:no-secret", all: []notion{"request", "only", "clientid"}},
	{signal: "says:long-url", all: []notion{"address", "long", "more"}},
	{signal: "says:success", all: []notion{"signin", "success"}, none: []notion{"not", "failure"}},
	{signal: "body:json-told", all: []notion{"json", "body"}, none: []notion{"answer"}},
	{signal: "says:password-special", all: []notion{"password", "markup", "parse"}},
	{signal: "says:success", all: []notion{"token", "acquired"}, none: []notion{"not", "failure"}},
	{signal: "says:password-special", all: []notion{"password", "markup", "special"}},
}

// boundReading is a reading with its notions looked up.
type boundReading struct {
	signal    signal
	all, none notionSet
	either    []notionSet
	near      bool
}

var boundReadings = sync.OnceValue(func() []boundReading {
	list := make([]boundReading, 0, len(readings))
	for _, r := range readings {
		b := boundReading{signal: r.signal, all: setOf(r.all), none: setOf(r.none), near: r.near}
		for _, alternatives := range r.either {
			b.either = append(b.either, setOf(alternatives))
		}
		list = append(list, b)
	}
	return list
})

// fits says whether a sentence's notions are those of the reading.
func (r boundReading) fits(held notionSet) bool {
	if !held.holdsAll(r.all) || held.holdsAny(r.none) {
		return false
	}
	for _, alternatives := range r.either {
		if !held.holdsAny(alternatives) {
			return false
		}
	}
	return true
}

// readSentences looks for the readings in the sentences of the text.
func (f *facts) readSentences() {
	list := f.p.sentences()
	for i, s := range list {
		held := s.holds
		if i+1 < len(list) {
			held.add(list[i+1].holds)
		}
		for _, r := range boundReadings() {
			if r.fits(s.holds) || r.near && r.fits(held) {
				f.add(r.signal, s.at)
			}
		}
	}
	f.readCarriedCode()
	f.readRecovery(list)
	f.readQuestions(list)
	f.readSpeakers(list)
}

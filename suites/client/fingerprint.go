package client

import (
	"cmp"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// trait is a plain fact about clients: what each piece of evidence says of it.
type trait struct {
	name string
	of   func(e *evidence.Evidence, add func(string))
	// none stands where nothing was seen.
	none string
	// daily says that scenarios bend it, so that only the one in which all goes well counts.
	daily bool
}

// traits are the facts of a fingerprint (facts: client-requirements.md section 4, point 7).
var traits = []trait{
	{"hosts called", eachExchange(func(_ *evidence.Evidence, x evidence.Exchange) string { return string(x.Role) }), "none", false},
	{"TLS versions offered", tlsVersions, "none seen", false},
	{"User-Agent", eachExchange(headerOf("User-Agent")), "none", false},
	{"Accept", eachExchange(headerOf("Accept")), "none", false},
	{"client authentication", eachLogin(authentication), "no login seen", false},
	{"scopes asked for", eachLogin(func(_ *evidence.Evidence, x evidence.Exchange) string { return cmp.Or(x.Param("scope"), "none") }), "no login seen", false},
	{"aud of assertions", eachLogin(audience), "no assertion seen", true},
	{"life of assertions", eachLogin(life), "no assertion seen", true},
	{"API version", eachExchange(version), "no API call seen", true},
	{"revokes its token", revokes, "no run seen", false},
	{"connection reuse", reuse, "no connection seen", true},
}

// fingerprint is the plain facts, from all that was played.
func fingerprint(all []played) []report.Fact {
	var facts []report.Fact
	for _, t := range traits {
		seen := tally{}
		for _, p := range all {
			if p.evidence != nil && (!t.daily || p.scenario.Name == scenario.HappyPath) {
				t.of(p.evidence, func(value string) { seen.add(p.evidence.Secrets.RedactString(value)) })
			}
		}
		facts = append(facts, report.Fact{Name: t.name, Value: cmp.Or(seen.text(), t.none)})
	}
	return facts
}

// tally counts values.
type tally map[string]int

func (t tally) add(value string) {
	if value != "" {
		t[shortened(value, 120)]++
	}
}

// mostValues is how many values of one fact are shown.
const mostValues = 6

// text is the values, the most frequent first.
func (t tally) text() string {
	var values []string
	for v := range t {
		values = append(values, v)
	}
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(cmp.Compare(t[b], t[a]), cmp.Compare(a, b)) })
	more := len(values) - mostValues
	values = values[:min(len(values), mostValues)]
	if more > 0 {
		values = append(values, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(values, ", ")
}

func eachExchange(of func(*evidence.Evidence, evidence.Exchange) string) func(*evidence.Evidence, func(string)) {
	return func(e *evidence.Evidence, add func(string)) {
		for _, x := range e.Exchanges {
			add(of(e, x))
		}
	}
}

func eachLogin(of func(*evidence.Evidence, evidence.Exchange) string) func(*evidence.Evidence, func(string)) {
	return func(e *evidence.Evidence, add func(string)) {
		for _, x := range e.TokenRequests() {
			add(of(e, x))
		}
	}
}

func headerOf(name string) func(*evidence.Evidence, evidence.Exchange) string {
	return func(_ *evidence.Evidence, x evidence.Exchange) string { return x.Request.Header.Get(name) }
}

func tlsVersions(e *evidence.Evidence, add func(string)) {
	for _, h := range e.Handshakes {
		for _, v := range h.Offered {
			// Clients offer invented numbers beside, so that servers stay used to unknown
			// ones (RFC 8701).
			if name := tls.VersionName(v); strings.HasPrefix(name, "TLS") || strings.HasPrefix(name, "SSL") {
				add(name)
			}
		}
	}
}

func authentication(_ *evidence.Evidence, x evidence.Exchange) string {
	scheme, _, _ := strings.Cut(x.Request.Header.Get("Authorization"), " ")
	switch {
	case x.Assertion != nil:
		return "JWT bearer assertion"
	case strings.EqualFold(scheme, "Basic"):
		return "HTTP Basic"
	case x.Request.Form.Get("client_secret") != "":
		return "client_secret in the body"
	case x.Param("client_secret") != "":
		return "client_secret in the URL"
	}
	return ""
}

func audience(e *evidence.Evidence, x evidence.Exchange) string {
	if x.Assertion == nil {
		return ""
	}
	switch aud := x.Assertion.Claims["aud"]; aud {
	case nil:
		return "missing"
	case e.Settings[stage.Audience]:
		return "as configured"
	case e.Settings[stage.LoginURL]:
		return "the login URL"
	default:
		return fmt.Sprint(aud)
	}
}

// life is how long an assertion is valid from when it was made, or arrived.
func life(_ *evidence.Evidence, x evidence.Exchange) string {
	if x.Assertion == nil {
		return ""
	}
	exp, ok := seconds(x.Assertion.Claims["exp"])
	if !ok {
		return "without a readable exp"
	}
	from, ok := seconds(x.Assertion.Claims["iat"])
	if !ok {
		from = x.OrgTime.Unix()
	}
	return (time.Duration(exp-from) * time.Second).String()
}

func seconds(claim any) (int64, bool) {
	n, ok := claim.(json.Number)
	if !ok {
		return 0, false
	}
	f, err := n.Float64()
	return int64(f), err == nil
}

var versionInPath = regexp.MustCompile(`^/+services/(?:data|async|Soap/[a-z])/v?([0-9]+\.[0-9]+)`)

func version(_ *evidence.Evidence, x evidence.Exchange) string {
	if x.Request.URL == nil {
		return ""
	}
	if found := versionInPath.FindStringSubmatch(x.Request.URL.Path); found != nil {
		return found[1]
	}
	return ""
}

func revokes(e *evidence.Evidence, add func(string)) {
	switch calls := e.Of(evidence.RevokeCall); {
	case len(calls) > 0:
		add("yes")
	case calm(e):
		add("no")
	}
}

// reuse is how many requests came by how many connections where nothing was disturbed.
func reuse(e *evidence.Evidence, add func(string)) {
	connections := map[int]bool{}
	for _, x := range e.Exchanges {
		if x.Failed() {
			return
		}
		connections[x.Connection] = true
	}
	if len(e.Exchanges) >= 3 {
		add(fmt.Sprintf("%d requests by %d connections", len(e.Exchanges), len(connections)))
	}
}

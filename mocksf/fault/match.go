package fault

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

// Match says which requests a fault is about. The zero value matches all.
type Match struct {
	// Method is the HTTP method.
	Method string `json:"method,omitempty"`
	// Host is what the host is to the org (my-domain, loopback, own for either, login,
	// test, generic for either, setup, lightning, elsewhere), or a host name.
	Host string `json:"host,omitempty"`
	// Path is how the request's path begins.
	Path string `json:"path,omitempty"`
	// Grant is the grant_type that was sent.
	Grant fixtures.Grant `json:"grant,omitempty"`
}

// Asked is what a Match looks at.
type Asked struct {
	Method, Path string
	Host         exchange.Host
	Grant        fixtures.Grant
}

func (m Match) matches(a Asked) bool {
	return strings.HasPrefix(a.Path, m.Path) && (m.Method == "" || m.Method == a.Method) &&
		(m.Grant == "" || m.Grant == a.Grant) && m.matchesHost(a.Host)
}

func (m Match) matchesHost(h exchange.Host) bool {
	if m.Host == "" {
		return true
	}
	for _, r := range roles {
		if r.name == m.Host {
			return r.has(h.Role)
		}
	}
	return strings.EqualFold(m.Host, h.Name)
}

// roles are the names of what a host is to an org.
var roles = []struct {
	name string
	has  func(exchange.Role) bool
}{
	{"my-domain", is(exchange.MyDomain)},
	{"loopback", is(exchange.Loopback)},
	{"own", exchange.Role.Own},
	{"login", is(exchange.Login)},
	{"test", is(exchange.Test)},
	{"generic", exchange.Role.Generic},
	{"setup", is(exchange.Setup)},
	{"lightning", is(exchange.Lightning)},
	{"elsewhere", is(exchange.Elsewhere)},
}

func is(want exchange.Role) func(exchange.Role) bool {
	return func(r exchange.Role) bool { return r == want }
}

// methods are those that clients send.
var methods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
}

func checkMatch(f Fault) error {
	if f.Match.Path != "" && !strings.HasPrefix(f.Match.Path, "/") {
		return fmt.Errorf("match/path: %q is no beginning of a path: start it with /", f.Match.Path)
	}
	if err := checkOneOf("match/method", f.Match.Method, methods); err != nil {
		return err
	}
	return checkHost(f.Match.Host)
}

// checkHost takes a role, or a name that can be told from one: with a dot or colon in it.
func checkHost(host string) error {
	if strings.ContainsAny(host, ".:") || host == "localhost" {
		if strings.ContainsAny(host, "/ @") {
			return fmt.Errorf("match/host: %q is no host name: leave scheme, path and user out", host)
		}
		return nil
	}
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = r.name
	}
	if err := checkOneOf("match/host", host, names); err != nil {
		return fmt.Errorf("%w, or a host name", err)
	}
	return nil
}

// checkOneOf says what is wrong with a value that is neither empty nor known.
func checkOneOf(field, value string, known []string) error {
	if value == "" || slices.Contains(known, value) {
		return nil
	}
	if near := spell.Nearest(value, known); near != "" {
		return fmt.Errorf("%s: unknown value %q: did you mean %q?", field, value, near)
	}
	return fmt.Errorf("%s: unknown value %q: known are %s", field, value, strings.Join(known, ", "))
}

package proxy

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
)

// target is where a request wants to go.
type target struct{ host, port string }

func (t target) address() string { return net.JoinHostPort(t.host, t.port) }

// route is where a target leads to.
type route int

const (
	refused route = iota
	toFake
	toOutside
)

// route decides from the name alone; nothing is looked up. A host of Salesforce
// never leads outside, whatever is allowed.
func (p *Proxy) route(t target) route {
	ours := matchesAny(salesforce, t.host)
	switch {
	case ours && (t.port == portTLS || t.port == portPlain):
		return toFake
	case !ours && matchesAny(p.allow, t.host):
		return toOutside
	}
	return refused
}

const (
	portPlain = "80"
	portTLS   = "443"
)

// parseTarget reads the address that a request names: the authority-form of
// CONNECT, or the absolute-form of any other method (RFC 9112 section 3.2).
func parseTarget(r *http.Request) (target, error) {
	switch {
	case r.Method == http.MethodConnect:
		if r.URL.User != nil || r.URL.Path != "" || r.URL.RawQuery != "" {
			return target{}, errNotAuthority
		}
		return parseAddress(r.URL.Host)
	case r.URL.Host == "":
		return target{}, errNotProxied
	case r.URL.Scheme != "http":
		return target{}, fmt.Errorf("proxy: %q goes through a tunnel: the client has to send CONNECT", r.URL.Scheme+"://")
	case r.URL.Port() == "":
		return parseAddress(strings.TrimSuffix(r.URL.Host, ":") + ":" + portPlain)
	}
	return parseAddress(r.URL.Host)
}

var (
	errNotAuthority = errors.New("proxy: CONNECT wants host:port and nothing else")
	errNotProxied   = errors.New("proxy: this is a forward proxy, not a Salesforce host: set HTTPS_PROXY and HTTP_PROXY to this address and ask for the Salesforce host itself")
)

// parseAddress reads host:port; the port is a number and never left out.
func parseAddress(address string) (target, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return target{}, fmt.Errorf("proxy: address %q: write host:port", clip(address))
	}
	host = canonicalHost(host)
	if !isName(host) && !isAddress(host) {
		return target{}, fmt.Errorf("proxy: host %q is no host name", clip(host))
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil || number == 0 {
		return target{}, fmt.Errorf("proxy: port %q is no number from 1 to 65535", clip(port))
	}
	return target{host: host, port: strconv.FormatUint(number, 10)}, nil
}

// clip keeps what a client sent short enough to quote.
func clip(s string) string {
	if len(s) > maxName {
		return s[:maxName] + "..."
	}
	return s
}

package proxy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

// ErrNoSuchHost is what Options.Dial returns for a name that does not resolve on
// the real service either: a My Domain that no org has (facts: section 1.4).
var ErrNoSuchHost = errors.New("no such host")

// answer is what the proxy says on its own account. The kind is the error type of
// the Proxy-Status field (RFC 9209 section 2.3), by which a client tells the
// proxy's word from a server's.
type answer struct {
	status int
	kind   string
	text   string
}

func malformed(err error) answer {
	return answer{http.StatusBadRequest, "http_request_error", err.Error()}
}

func refusal(t target) answer {
	how := fmt.Sprintf("start the proxy with --allow-host %s to let it through", t.host)
	switch {
	case matchesAny(salesforce, t.host):
		how = "the fake answers for this host at the ports 443 and 80 only"
	case isLoopback(t.host):
		how = "a client reaches its own machine without a proxy: set NO_PROXY=" + t.host
	}
	return answer{
		http.StatusForbidden, "http_request_denied",
		fmt.Sprintf("proxy: %s is refused: nothing leaves this machine but what goes to the fake; %s", t.address(), how),
	}
}

// failure is the answer to a target that could not be reached; 502 and 504 are
// what RFC 9209 section 2.3 recommends for each.
func failure(t target, err error) answer {
	var lookup *net.DNSError
	var network net.Error
	switch {
	case errors.Is(err, ErrNoSuchHost), errors.As(err, &lookup) && lookup.IsNotFound:
		return answer{http.StatusBadGateway, `dns_error; rcode="NXDOMAIN"`, noSuchHost(t)}
	case errors.Is(err, errClosed):
		return answer{http.StatusServiceUnavailable, "destination_unavailable", errClosed.Error()}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return answer{http.StatusGatewayTimeout, "connection_timeout", fmt.Sprintf("proxy: %s did not answer in time", t.address())}
	}
	return answer{http.StatusBadGateway, "connection_terminated", fmt.Sprintf("proxy: no answer from %s: %v", t.address(), err)}
}

func noSuchHost(t target) string {
	text := fmt.Sprintf("proxy: no such host: the name %s does not resolve", t.host)
	if matchesAny(salesforce, t.host) {
		text += "; no org of this fake has that My Domain"
	}
	return text
}

// response ends the connection: after a refused CONNECT the client may already
// have sent what was meant for the tunnel.
func (a answer) response(r *http.Request) *http.Response {
	text := a.text + "\n"
	return &http.Response{
		StatusCode: a.status, ProtoMajor: 1, ProtoMinor: 1, Request: r, Close: true,
		Header: http.Header{
			"Content-Type": {"text/plain; charset=utf-8"},
			"Proxy-Status": {"mocksf; error=" + a.kind},
		},
		ContentLength: int64(len(text)),
		Body:          io.NopCloser(strings.NewReader(text)),
	}
}

// write answers a request whose connection the server still holds.
func (a answer) write(w http.ResponseWriter) {
	w.Header().Set("Proxy-Status", "mocksf; error="+a.kind)
	w.Header().Set("Connection", "close")
	http.Error(w, a.text, a.status)
}

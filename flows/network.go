package flows

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

var errTooLong = errors.New("the answer is longer than the limit")

// diagnosis is what a failed exchange means to an operator.
type diagnosis struct {
	problem, hint string
	transient     bool
}

// diagnose tells the failures that a retry may cure from those that need a change. No text calls a network failure a
// wrong credential.
func diagnose(err error, host string) diagnosis {
	var dns *net.DNSError
	var network net.Error
	switch {
	case errors.Is(err, errTooLong):
		return diagnosis{err.Error(), "is " + host + " really Salesforce? Check LoginURL.", false}
	case errors.As(err, &dns) && dns.IsNotFound:
		return diagnosis{
			fmt.Sprintf("the host name %q does not resolve", dns.Name),
			"check LoginURL for a misspelt My Domain name, and the proxy settings (HTTPS_PROXY, NO_PROXY) if this network needs a proxy.", false,
		}
	case isTLS(err):
		return diagnosis{tlsProblem(err), "the connection to " + host + " cannot be trusted. If a company proxy intercepts TLS, add its CA to the " +
			"trusted roots; do not switch verification off. Otherwise check LoginURL.", false}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return diagnosis{"no complete answer in time", unreachable(host), true}
	}
	return diagnosis{"connection failed: " + err.Error(), unreachable(host), true}
}

func unreachable(host string) string {
	return "cannot reach " + host + ": check the network, the proxy (HTTPS_PROXY, NO_PROXY) and LoginURL."
}

func isTLS(err error) bool {
	var verification *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &verification) || errors.As(err, &record) || errors.As(err, &alert) || isUntrusted(err) ||
		strings.HasPrefix(err.Error(), "tls: ") || strings.Contains(err.Error(), ": tls: ")
}

func isUntrusted(err error) bool {
	var authority x509.UnknownAuthorityError
	var hostname x509.HostnameError
	var invalid x509.CertificateInvalidError
	return errors.As(err, &authority) || errors.As(err, &hostname) || errors.As(err, &invalid)
}

func tlsProblem(err error) string {
	text := "TLS failed: " + err.Error()
	var authority x509.UnknownAuthorityError
	if errors.As(err, &authority) && authority.Cert != nil {
		text += fmt.Sprintf(" (issuer %q)", authority.Cert.Issuer.String())
	}
	return text
}

var defaultTransport = sync.OnceValue(func() http.RoundTripper { return NewHTTPTransport(nil) })

// NewHTTPTransport returns the transport that a zero [Options] uses: finite dial and handshake timeouts, TLS 1.2 or
// newer, the proxy of the environment. Roots are the trusted authorities; nil means the system's.
func NewHTTPTransport(roots *x509.CertPool) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots},
		TLSHandshakeTimeout:    10 * time.Second,
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        time.Minute,
		MaxResponseHeaderBytes: 256 << 10,
	}
}

package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"
)

// tlsConfig verifies chain, name and dates, and wants TLS 1.2 at least.
func (c *client) tlsConfig(roots *x509.CertPool) *tls.Config {
	config := &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	switch {
	case c.breaks("tls-min-12"):
		config.MinVersion = tls.VersionTLS10
	case c.breaks("tls-verify-chain"), c.breaks("tls-verify-hostname"), c.breaks("tls-refuse-expired"):
		// The usual verification is replaced by one that leaves out one thing.
		config.InsecureSkipVerify = true
		config.VerifyConnection = func(seen tls.ConnectionState) error { return c.verifyPartly(seen, roots) }
	}
	return config
}

func (c *client) verifyPartly(seen tls.ConnectionState, roots *x509.CertPool) error {
	leaf := seen.PeerCertificates[0]
	name := seen.ServerName
	if name == "" { // an address is not sent as a name (RFC 6066 section 3)
		if u, err := url.Parse(c.loginURL); err == nil {
			name = u.Hostname()
		}
	}
	how := x509.VerifyOptions{Roots: roots, DNSName: name, Intermediates: x509.NewCertPool(), CurrentTime: c.clock.now()}
	for _, below := range seen.PeerCertificates[1:] {
		how.Intermediates.AddCert(below)
	}
	switch {
	case c.breaks("tls-verify-chain"):
		return c.verifyNameAndDates(leaf, name)
	case c.breaks("tls-verify-hostname"):
		how.DNSName = ""
	case c.breaks("tls-refuse-expired") && how.CurrentTime.After(leaf.NotAfter):
		how.CurrentTime = leaf.NotAfter.Add(-time.Second)
	}
	_, err := leaf.Verify(how)
	return err
}

func (c *client) verifyNameAndDates(leaf *x509.Certificate, name string) error {
	if now := c.clock.now(); now.Before(leaf.NotBefore) || now.After(leaf.NotAfter) {
		return x509.CertificateInvalidError{Cert: leaf, Reason: x509.Expired}
	}
	return leaf.VerifyHostname(name)
}

// careless sends a request again, without verification, where a certificate was refused.
type careless struct{ careful, careless http.RoundTripper }

func (t careless) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := t.careful.RoundTrip(request)
	if _, refused := errors.AsType[*tls.CertificateVerificationError](err); !refused {
		return response, err
	}
	again := request.Clone(request.Context())
	if request.GetBody != nil {
		var body io.ReadCloser
		if body, err = request.GetBody(); err != nil {
			return nil, err
		}
		again.Body = body
	}
	return t.careless.RoundTrip(again)
}

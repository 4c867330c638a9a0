package authority

import (
	"crypto/tls"
	"fmt"
	"time"
)

// Config serves TLS 1.2 and 1.3 with a leaf for whatever name or loopback address
// the client called, or with the fault. It offers HTTP/2 and HTTP/1.1.
//
// Each call gives a configuration of its own, whose session tickets no other one
// takes: a client cannot resume its way past a fault. Keep it, rather than ask for
// one a connection, for clients to resume at all. If Check refuses the fault, so
// does every handshake, with that error on the server's side.
func (a *Authority) Config(f Fault) *tls.Config {
	c := &tls.Config{
		MinVersion:     tls.VersionTLS12,
		NextProtos:     []string{"h2", "http/1.1"},
		Time:           a.now,
		GetCertificate: a.certificates(f),
	}
	if f == TLS10Only {
		// Named outright, Go serves it without GODEBUG=tls10server=1.
		c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS10
		c.NextProtos = []string{"http/1.1"} // RFC 9113 section 9.2 wants TLS 1.2
	}
	return c
}

func (a *Authority) certificates(f Fault) func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	return func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		mint, err := a.recipe(f)
		switch {
		case err != nil:
			return nil, err
		case a.loaded != nil:
			return a.loaded, nil
		}
		now := a.now()
		if end := a.own.root.NotAfter; now.After(end) {
			return nil, fmt.Errorf("authority: the root ended at %s: start anew and trust the new one", end.UTC().Format(time.RFC3339))
		}
		s, err := subjectOf(hello)
		if err != nil {
			return nil, err
		}
		return a.leaves.get(string(f)+" "+s.key(), now, func() (*tls.Certificate, error) { return mint(a, s) })
	}
}

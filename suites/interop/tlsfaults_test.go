package interop_test

import (
	"regexp"
	"testing"

	"github.com/sfconform/sfconform/mocksf/authority"
)

// tlsLibrary is what a client verifies with, and words its refusals.
type tlsLibrary string

const (
	cryptoTLS tlsLibrary = "Go's crypto/tls"
	// openSSL is under curl, Node, Python, Ruby, PHP and Perl, which check the host name themselves.
	openSSL tlsLibrary = "OpenSSL"
	jsse    tlsLibrary = "Java's JSSE"
)

const (
	noPathGo   = `certificate signed by unknown authority`
	noPathJava = `unable to find valid certification path`
)

// tlsWords is how each library refuses each fault. A fault that a library takes would
// have its reason here; these refuse them all (package authority tells who does not).
var tlsWords = map[authority.Fault]map[tlsLibrary]string{
	authority.Expired: {
		cryptoTLS: `certificate has expired or is not yet valid: .* is after`, openSSL: `certificate has expired`, jsse: `NotAfter: `,
	},
	authority.NotYetValid: {
		cryptoTLS: `certificate has expired or is not yet valid: .* is before`, openSSL: `certificate is not yet valid`, jsse: `NotBefore: `,
	},
	authority.WrongHost: {
		cryptoTLS: `certificate is valid for .*, not`,
		openSSL:   `no alternative certificate subject name matches|does not match certificate's altnames|(?i:hostname.*(doesn't match|mismatch))`,
		jsse:      `No subject alternative DNS name matching`,
	},
	authority.UnknownAuthority: {cryptoTLS: noPathGo, openSSL: `unable to get local issuer certificate`, jsse: noPathJava},
	authority.SelfSigned:       {cryptoTLS: noPathGo, openSSL: `self[- ]signed certificate`, jsse: noPathJava},
	authority.MissingIntermediate: {
		cryptoTLS: noPathGo, openSSL: `unable to (get local issuer|verify the first) certificate`, jsse: noPathJava,
	},
	authority.WeakKey: {
		cryptoTLS: `768-bit keys are insecure`, openSSL: `EE certificate key too weak`, jsse: `Algorithm constraints check failed on keysize`,
	},
	authority.TLS10Only: {
		cryptoTLS: `protocol version not supported`, openSSL: `alert protocol version|legacy sigalg|unsupported protocol`, jsse: `alert: protocol_version`,
	},
}

func TestClientsRefuseEachTLSFaultBeforeTheySendARequest(t *testing.T) {
	t.Parallel()
	mocksf := buildMocksf(t)
	for _, c := range reachers(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.require(t)
			for _, fault := range authority.Faults() {
				e := c.firstEntrance()
				try(t, row{client: c.name, way: e.name, situation: "TLS fault " + string(fault)}, func(t *testing.T) string {
					t.Helper()
					return c.refuses(t, fault, e.entry(t), mocksf)
				})
			}
		})
	}
}

// refuses checks that the client fails for the fault's sake, and what it sent.
func (c reacher) refuses(t *testing.T, fault authority.Fault, e entry, mocksf string) string {
	t.Helper()
	o := underExec(t, mocksf, c, c.command(e), "--seed", "1", "--tls-fault", string(fault))
	if !o.failed || len(o.journal) > 0 {
		t.Errorf("it failed: %t, sent %v and printed %q", o.failed, o.journal, o.printed)
	}
	if c.tls == "" {
		return "refused, without a word of why"
	}
	words := tlsWords[fault][c.tls]
	if words == "" {
		t.Fatalf("nothing tells how %s refuses %s", c.tls, fault)
	}
	shown := regexp.MustCompile(words).FindString(o.said)
	if shown == "" {
		t.Errorf("it says nothing like %q:\n%s", words, o.said)
	}
	return shown
}

// firstEntrance is any at which the client logs in.
func (c reacher) firstEntrance() entrance {
	for _, e := range entrances {
		if e.opens(c) {
			return e
		}
	}
	return entrance{}
}

package authority_test

import (
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/authority"
)

// refusals say for each fault what Go's verification, openssl and curl have to answer.
var refusals = []struct {
	fault         authority.Fault
	refused       func(error) bool
	openssl, curl string
	curlExit      int
}{
	{authority.Expired, invalid(x509.Expired), "certificate has expired", "certificate has expired", 60},
	{authority.NotYetValid, invalid(x509.Expired), "certificate is not yet valid", "certificate is not yet valid", 60},
	{authority.WrongHost, is[x509.HostnameError], "hostname mismatch", "no alternative certificate subject name matches", 60},
	{authority.UnknownAuthority, is[x509.UnknownAuthorityError], "unable to get local issuer", "unable to get local issuer", 60},
	{authority.SelfSigned, is[x509.UnknownAuthorityError], "self-signed certificate", "self-signed certificate", 60},
	{authority.MissingIntermediate, is[x509.UnknownAuthorityError], "unable to get local issuer", "unable to get local issuer", 60},
	{authority.WeakKey, says("768-bit keys are insecure"), "key too weak", "key too weak", 60},
	{authority.TLS10Only, says("protocol version not supported"), "", "", 35},
}

func TestGoRefusesEachFaultForWhatItIs(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	for _, r := range refusals {
		for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
			address := serve(t, "127.0.0.1:0", a.Config(r.fault))
			_, err := handshake(t, address, &tls.Config{
				ServerName: myDomain, RootCAs: pool(t, a.PEM()), MinVersion: tls.VersionTLS12, MaxVersion: version,
			})
			if err == nil || !r.refused(err) {
				t.Errorf("%s over %s: got %v", r.fault, tls.VersionName(version), err)
			}
		}
	}
}

func TestEachFaultIsRefusedOnLoopbackToo(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	for _, r := range refusals {
		address := serve(t, "127.0.0.1:0", a.Config(r.fault))
		if _, err := handshake(t, address, &tls.Config{RootCAs: pool(t, a.PEM())}); err == nil || !r.refused(err) {
			t.Errorf("%s: got %v", r.fault, err)
		}
	}
}

// A fault that were wrong in two things would let a client pass that checks only one.
func TestAFaultIsWrongInNothingElse(t *testing.T) {
	t.Parallel()
	a, now := fresh(t), time.Now()
	for fault, cure := range map[authority.Fault]func(*x509.VerifyOptions, []*x509.Certificate){
		authority.Expired:     func(o *x509.VerifyOptions, _ []*x509.Certificate) { o.CurrentTime = now.Add(-2 * time.Hour) },
		authority.NotYetValid: func(o *x509.VerifyOptions, _ []*x509.Certificate) { o.CurrentTime = now.Add(49 * time.Hour) },
		authority.WrongHost:   func(o *x509.VerifyOptions, c []*x509.Certificate) { o.DNSName = c[0].DNSNames[0] },
		authority.SelfSigned:  func(o *x509.VerifyOptions, c []*x509.Certificate) { o.Roots.AddCert(c[0]) },
		authority.UnknownAuthority: func(o *x509.VerifyOptions, c []*x509.Certificate) {
			o.Roots.AddCert(c[1])
		},
		authority.MissingIntermediate: func(o *x509.VerifyOptions, _ []*x509.Certificate) {
			o.Intermediates.AddCert(served(t, a, "")[1])
		},
		authority.WeakKey:   func(*x509.VerifyOptions, []*x509.Certificate) {},
		authority.TLS10Only: func(*x509.VerifyOptions, []*x509.Certificate) {},
	} {
		chain := served(t, a, fault)
		o := x509.VerifyOptions{DNSName: myDomain, Roots: pool(t, a.PEM()), Intermediates: x509.NewCertPool(), CurrentTime: now}
		for _, c := range chain[1:] {
			o.Intermediates.AddCert(c)
		}
		cure(&o, chain)
		if _, err := chain[0].Verify(o); err != nil {
			t.Errorf("%s, cured: %v", fault, err)
		}
	}
}

func TestAClockThatIsOffByLessThanAnHourStillSeesTheFault(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	for fault, off := range map[authority.Fault]time.Duration{
		authority.Expired: -59 * time.Minute, authority.NotYetValid: 59 * time.Minute,
	} {
		address := serve(t, "127.0.0.1:0", a.Config(fault))
		_, err := handshake(t, address, &tls.Config{
			ServerName: myDomain, RootCAs: pool(t, a.PEM()), Time: func() time.Time { return time.Now().Add(off) },
		})
		if !invalid(x509.Expired)(err) {
			t.Errorf("%s: got %v", fault, err)
		}
	}
}

func TestTLS10IsServedToAClientThatTakesIt(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	address := serve(t, "127.0.0.1:0", a.Config(authority.TLS10Only))
	state, err := handshake(t, address, &tls.Config{
		ServerName: myDomain, RootCAs: pool(t, a.PEM()), MinVersion: tls.VersionTLS10, NextProtos: []string{"h2", "http/1.1"},
	})
	if err != nil || state.Version != tls.VersionTLS10 || state.NegotiatedProtocol != "http/1.1" {
		t.Errorf("got %s, %q, %v", tls.VersionName(state.Version), state.NegotiatedProtocol, err)
	}
}

func TestAWeakKeyIsRSAOf768Bits(t *testing.T) {
	t.Parallel()
	key, ok := served(t, fresh(t), authority.WeakKey)[0].PublicKey.(*rsa.PublicKey)
	if !ok || key.N.BitLen() != 768 {
		t.Errorf("got %v", key)
	}
}

func TestASessionDoesNotResumePastAFault(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	sessions := tls.NewLRUClientSessionCache(1)
	client := &tls.Config{ServerName: myDomain, RootCAs: pool(t, a.PEM()), MaxVersion: tls.VersionTLS12, ClientSessionCache: sessions}
	good := serve(t, "127.0.0.1:0", a.Config(""))
	for _, resumed := range []bool{false, true} {
		if state, err := handshake(t, good, client); err != nil || state.DidResume != resumed {
			t.Fatalf("resumed %t, want %t: %v", state.DidResume, resumed, err)
		}
	}
	if _, err := handshake(t, serve(t, "127.0.0.1:0", a.Config(authority.Expired)), client); !invalid(x509.Expired)(err) {
		t.Errorf("got %v", err)
	}
}

func TestEveryFaultIsListedAndProven(t *testing.T) {
	t.Parallel()
	var proven []authority.Fault
	for _, r := range refusals {
		proven = append(proven, r.fault)
	}
	if !slices.Equal(proven, authority.Faults()) || fmt.Sprint(proven) != fmt.Sprint(authority.Fault("").Values()) {
		t.Errorf("proven %v, listed %v", proven, authority.Faults())
	}
}

func TestAnUnknownFaultServesNothing(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	for fault, want := range map[authority.Fault]string{
		"expird": `unknown TLS fault "expird": did you mean "expired"?`,
		"revoke": "known are expired, not-yet-valid, wrong-host",
	} {
		err := a.Check(fault)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", fault, err, want)
		}
		_, handshakeErr := a.Config(fault).GetCertificate(&tls.ClientHelloInfo{ServerName: myDomain})
		if handshakeErr == nil || handshakeErr.Error() != err.Error() {
			t.Errorf("%s: a handshake ends with %v", fault, handshakeErr)
		}
	}
	for _, fault := range append(authority.Faults(), "") {
		if err := a.Check(fault); err != nil {
			t.Error(err)
		}
	}
}

func served(t *testing.T, a *authority.Authority, f authority.Fault) []*x509.Certificate {
	t.Helper()
	c, err := a.Config(f).GetCertificate(&tls.ClientHelloInfo{ServerName: myDomain})
	if err != nil {
		t.Fatal(err)
	}
	chain := make([]*x509.Certificate, len(c.Certificate))
	for i, der := range c.Certificate {
		if chain[i], err = x509.ParseCertificate(der); err != nil {
			t.Fatal(err)
		}
	}
	return chain
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

func invalid(reason x509.InvalidReason) func(error) bool {
	return func(err error) bool {
		e, ok := errors.AsType[x509.CertificateInvalidError](err)
		return ok && e.Reason == reason
	}
}

func says(words string) func(error) bool {
	return func(err error) bool { return strings.Contains(err.Error(), words) }
}

package authority_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/sfconform/sfconform/mocksf/authority"
)

func TestItServesEveryNameOfSalesforceVerified(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	address := serve(t, "127.0.0.1:0", a.Config(""))
	for _, name := range []string{
		"login.salesforce.com", "test.salesforce.com", myDomain, "acme--uat.sandbox.my.salesforce.com",
		"acme.lightning.force.com", "api.salesforce.com", "acme.my.salesforce-setup.com", "localhost", "org1.localhost",
		"ACME.My.Salesforce.COM", "under_score.my.salesforce.com",
	} {
		for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
			state, err := handshake(t, address, &tls.Config{
				ServerName: name, RootCAs: pool(t, a.PEM()),
				MinVersion: version, MaxVersion: version, NextProtos: []string{"h2"},
			})
			if err != nil || state.Version != version || state.NegotiatedProtocol != "h2" {
				t.Errorf("%s over %s: got %s, %q, %v", name, tls.VersionName(version),
					tls.VersionName(state.Version), state.NegotiatedProtocol, err)
			}
		}
	}
}

func TestItServesLoopbackAddressesVerified(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	for _, host := range []string{"127.0.0.1", "127.0.0.53", "::1"} {
		t.Run(host, func(t *testing.T) {
			t.Parallel()
			address := serve(t, net.JoinHostPort(host, "0"), a.Config(""))
			// Go sends no server name for an address.
			if _, err := handshake(t, address, &tls.Config{RootCAs: pool(t, a.PEM())}); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAnHTTPClientGetsHTTP2(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	address := serve(t, "127.0.0.1:0", a.Config(""))
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool(t, a.PEM())}, ForceAttemptHTTP2: true}
	defer transport.CloseIdleConnections()
	resp, err := (&http.Client{Transport: transport}).Get("https://" + address.String())
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err != nil || resp.ProtoMajor != 2 || !bytes.HasPrefix(body, []byte("served")) {
		t.Errorf("got %q over %s, %v", body, resp.Proto, err)
	}
}

func TestItVouchesForNoOtherNames(t *testing.T) {
	t.Parallel()
	config := fresh(t).Config("")
	for name, want := range map[string]string{
		"example.com":               `server name "example.com" is outside of salesforce.com, force.com`,
		"salesforce.com.evil.test":  "is outside of",
		"notsalesforce.com":         "is outside of",
		"*.my.salesforce.com":       "is no host name",
		"a b.my.salesforce.com":     "is no host name",
		"..salesforce.com":          "is no host name",
		"é.my.salesforce.com":       "is no host name",
		"a\n.my.salesforce.com":     "is no host name",
		strings.Repeat("a.", 1<<14): "is no host name",
	} {
		_, err := config.GetCertificate(&tls.ClientHelloInfo{ServerName: name})
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 1200 {
			t.Errorf("%.40q: got %.1300v, want %q", name, err, want)
		}
	}
}

func TestTheRootIsConstrained(t *testing.T) {
	t.Parallel()
	root := rootOf(t, fresh(t))
	domains := "[salesforce.com force.com salesforce-setup.com example localhost]"
	if !root.PermittedDNSDomainsCritical || fmt.Sprint(root.PermittedDNSDomains) != domains {
		t.Errorf("domains %v, critical %t", root.PermittedDNSDomains, root.PermittedDNSDomainsCritical)
	}
	if got := fmt.Sprint(root.PermittedIPRanges); got != "[127.0.0.0/8 ::1/128]" {
		t.Errorf("addresses %s", got)
	}
	if life := time.Until(root.NotAfter); life < 6*24*time.Hour || life > 7*24*time.Hour {
		t.Errorf("it lives for %v", life)
	}
	if !root.IsCA || root.MaxPathLen != 1 || root.KeyUsage != x509.KeyUsageCertSign|x509.KeyUsageCRLSign {
		t.Errorf("CA %t, path length %d, key usage %b", root.IsCA, root.MaxPathLen, root.KeyUsage)
	}
}

func TestALeafHasWhatEveryClientAsksFor(t *testing.T) {
	t.Parallel()
	leaf := leafFor(t, fresh(t).Config(""), myDomain)
	for what, ok := range map[string]bool{
		"ECDSA P-256":              leaf.PublicKey.(*ecdsa.PublicKey).Curve == elliptic.P256(),
		"one alternative name":     fmt.Sprint(leaf.DNSNames) == "["+myDomain+"]" && len(leaf.IPAddresses) == 0,
		"no host as common name":   strings.Contains(leaf.Subject.CommonName, " "),
		"server authentication":    fmt.Sprint(leaf.ExtKeyUsage) == fmt.Sprint([]x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}),
		"digital signature":        leaf.KeyUsage == x509.KeyUsageDigitalSignature,
		"no CA":                    leaf.BasicConstraintsValid && !leaf.IsCA,
		"key identifiers":          len(leaf.SubjectKeyId) == 20 && len(leaf.AuthorityKeyId) == 20,
		"serial number of 127 bit": leaf.SerialNumber.BitLen() == 127,
		"a day and an hour":        leaf.NotAfter.Sub(leaf.NotBefore) == 25*time.Hour,
	} {
		if !ok {
			t.Errorf("a leaf lacks: %s", what)
		}
	}
}

func TestEachAuthorityIsItsOwn(t *testing.T) {
	t.Parallel()
	one, other := fresh(t), fresh(t)
	if a, b := rootOf(t, one), rootOf(t, other); a.Subject.String() == b.Subject.String() || a.Equal(b) {
		t.Errorf("two roots are called %s", a.Subject)
	}
	both := append(one.PEM(), other.PEM()...)
	for _, a := range []*authority.Authority{one, other} {
		address := serve(t, "127.0.0.1:0", a.Config(""))
		if _, err := handshake(t, address, &tls.Config{ServerName: myDomain, RootCAs: pool(t, both)}); err != nil {
			t.Errorf("with both roots trusted: %v", err)
		}
	}
}

func TestPEMHoldsTheRootAlone(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	block, rest := pem.Decode(a.PEM())
	if block == nil || block.Type != "CERTIFICATE" || len(rest) != 0 {
		t.Fatalf("got %q", a.PEM())
	}
	a.PEM()[0] = 'x'
	if a.PEM()[0] != '-' {
		t.Error("a caller can change it")
	}
}

func TestAnAuthorityThatHasEndedSaysSo(t *testing.T) {
	t.Parallel()
	now := time.Now()
	a, err := authority.New(authority.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	config := a.Config("")
	leafFor(t, config, myDomain)
	now = now.Add(7*24*time.Hour + time.Minute)
	_, err = config.GetCertificate(&tls.ClientHelloInfo{ServerName: myDomain})
	if err == nil || !strings.Contains(err.Error(), "start anew and trust the new one") {
		t.Errorf("got %v", err)
	}
}

func TestASourceOfChanceThatFailsIsAnError(t *testing.T) {
	t.Parallel()
	broken := errors.New("no entropy")
	if _, err := authority.New(authority.Options{Rand: iotest.ErrReader(broken)}); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func rootOf(tb testing.TB, a *authority.Authority) *x509.Certificate {
	tb.Helper()
	block, _ := pem.Decode(a.PEM())
	root, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		tb.Fatal(err)
	}
	return root
}

func TestARenewedLeafIsAnotherOneThatTheSameRootVouchesFor(t *testing.T) {
	t.Parallel()
	a := fresh(t)
	config := a.Config("")
	leaf := func() *x509.Certificate {
		c, err := config.GetCertificate(&tls.ClientHelloInfo{ServerName: "acme.my.salesforce.com"})
		if err != nil {
			t.Fatal(err)
		}
		leaf, err := x509.ParseCertificate(c.Certificate[0])
		if err != nil {
			t.Fatal(err)
		}
		return leaf
	}
	before, again := leaf(), leaf()
	a.Renew()
	after := leaf()
	if !before.Equal(again) || after.Equal(before) || after.Issuer.String() != before.Issuer.String() {
		t.Error("want the same leaf until Renew, and another one of the same issuer afterwards")
	}
}

package benchmark_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/authority"
)

// fixedJSON is as long as a real access token response.
const fixedJSON = `{"access_token":"00DAk0000000000!AQ................................................................................................","signature":"0000000000000000000000000000000000000000000=","token_format":"opaque","scope":"api","instance_url":"https://acme.my.salesforce.com","id":"https://login.salesforce.com/id/00DAk0000000000AAA/005Ak0000000000AAA","token_type":"Bearer","issued_at":"1713195676742"}`

func writeFixed(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, fixedJSON)
}

// BenchmarkClientCredentials: the floor only parses the form and writes fixed JSON.
func BenchmarkClientCredentials(b *testing.B) {
	floor := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil || r.PostForm.Get("grant_type") == "" {
			http.Error(w, "no form", http.StatusBadRequest)
			return
		}
		writeFixed(w)
	}))
	defer floor.Close()
	server := fakeWithoutLimit(b)
	text := tokenRequest(b, server, fixtures.ClientCredentials)
	always := func(int) []byte { return text }
	for range b.N {
		compare(b, load{addr: hostOf(server.URL()), next: always}, load{addr: hostOf(floor.URL), next: always})
	}
}

// BenchmarkJWTBearer: the floor only parses the form and verifies RS256.
func BenchmarkJWTBearer(b *testing.B) {
	certificate, err := fixtures.TestCertificate("integration")
	if err != nil {
		b.Fatal(err)
	}
	cert, err := fixtures.ParseCertificate(certificate)
	if err != nil {
		b.Fatal(err)
	}
	floor := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := r.ParseForm()
		if err == nil {
			_, err = jwt.Parse(r.PostForm.Get("assertion"), func(*jwt.Token) (any, error) { return cert.PublicKey, nil })
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		writeFixed(w)
	}))
	defer floor.Close()
	server := fakeWithoutLimit(b)
	text := tokenRequest(b, server, fixtures.JWTBearer)
	always := func(int) []byte { return text }
	for range b.N {
		compare(b, load{addr: hostOf(server.URL()), next: always}, load{addr: hostOf(floor.URL), next: always})
	}
}

// BenchmarkTLS: the floor writes fixed JSON over TLS with a certificate of the same
// authority; connections are kept alive on both sides.
func BenchmarkTLS(b *testing.B) {
	ca, err := authority.New(authority.Options{})
	if err != nil {
		b.Fatal(err)
	}
	floor := &http.Server{ReadTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		writeFixed(w)
	})}
	l, err := tls.Listen("tcp", "127.0.0.1:0", ca.Config(""))
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = floor.Serve(l) }()
	defer floor.Close()
	server := fakeWithoutLimit(b, func(o *mocksf.Options) { o.TLS = ca })
	text := tokenRequest(b, server, fixtures.ClientCredentials)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(ca.PEM())
	client := &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	to := func(addr string) load {
		return load{addr: addr, tls: client, next: func(int) []byte { return text }}
	}
	for range b.N {
		compare(b, to(strings.TrimPrefix(server.TLSURL(), "https://")), to(l.Addr().String()))
	}
}

// fakeWithoutLimit is the built-in org, policy and journal on, with no bound on logins an hour.
func fakeWithoutLimit(tb testing.TB, set ...func(*mocksf.Options)) *mocksf.Server {
	tb.Helper()
	org, err := fixtures.BuiltInOrg("production")
	if err != nil {
		tb.Fatal(err)
	}
	org = org.MustWith(fixtures.Set("settings/loginRate", 0))
	o := mocksf.Options{Orgs: []fixtures.Org{org}, Seed: 1}
	for _, f := range set {
		f(&o)
	}
	return mocksf.Serve(tb, o)
}

// tokenRequest is the bytes of a right token request.
func tokenRequest(tb testing.TB, server *mocksf.Server, flow fixtures.Flow) []byte {
	tb.Helper()
	setup, err := fixtures.SetupByID("")
	if err != nil {
		tb.Fatal(err)
	}
	c, err := request.FromSetup(server.Org().Config(), setup)
	if err != nil {
		tb.Fatal(err)
	}
	c.LoginURL = server.URL()
	wire, err := request.Build(flow, c, nil, time.Now(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n", request.TokenPath, hostOf(server.URL()), len(wire.Body))
	_ = wire.Header.Write(&text)
	text.WriteString("\r\n")
	text.Write(wire.Body)
	return []byte(text.String())
}

func hostOf(url string) string { return strings.TrimPrefix(url, "http://") }

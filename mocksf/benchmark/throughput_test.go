package benchmark_test

import (
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
		compare(b, load{hostOf(server.URL()), always}, load{hostOf(floor.URL), always})
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
		compare(b, load{hostOf(server.URL()), always}, load{hostOf(floor.URL), always})
	}
}

// fakeWithoutLimit is the built-in org, policy and journal on, with no bound on logins an hour.
func fakeWithoutLimit(tb testing.TB) *mocksf.Server {
	tb.Helper()
	org, err := fixtures.BuiltInOrg("production")
	if err != nil {
		tb.Fatal(err)
	}
	org = org.MustWith(fixtures.Set("settings/loginRate", 0))
	return mocksf.Serve(tb, mocksf.Options{Orgs: []fixtures.Org{org}, Seed: 1})
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

package authority_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"testing"

	"github.com/sfconform/sfconform/mocksf/authority"
)

const myDomain = "acme.my.salesforce.com"

func fresh(tb testing.TB) *authority.Authority {
	tb.Helper()
	a, err := authority.New(authority.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func pool(tb testing.TB, pem []byte) *x509.CertPool {
	tb.Helper()
	p := x509.NewCertPool()
	if !p.AppendCertsFromPEM(pem) {
		tb.Fatalf("no certificate in %q", pem)
	}
	return p
}

// serve answers each request with the server name of its connection.
func serve(t *testing.T, address string, config *tls.Config) net.Addr {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Skipf("this machine has no %s: %v", address, err)
	}
	server := &http.Server{
		ErrorLog:  log.New(io.Discard, "", 0),
		TLSConfig: config,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, "served %s", r.TLS.ServerName)
		}),
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.ServeTLS(l, "", "")
	}()
	t.Cleanup(func() {
		_ = server.Close()
		<-ended
	})
	return l.Addr()
}

// handshake is one of Go's, verified against the authority.
func handshake(t *testing.T, address net.Addr, config *tls.Config) (tls.ConnectionState, error) {
	t.Helper()
	conn, err := tls.Dial("tcp", address.String(), config)
	if err != nil {
		return tls.ConnectionState{}, err
	}
	defer conn.Close()
	return conn.ConnectionState(), nil
}

// leafFor is the certificate that a configuration serves a name, read back.
func leafFor(tb testing.TB, config *tls.Config, name string) *x509.Certificate {
	tb.Helper()
	c, err := config.GetCertificate(&tls.ClientHelloInfo{ServerName: name})
	if err != nil {
		tb.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(c.Certificate[0])
	if err != nil {
		tb.Fatal(err)
	}
	return leaf
}

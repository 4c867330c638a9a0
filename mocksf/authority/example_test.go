package authority_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"

	"github.com/sfconform/sfconform/mocksf/authority"
)

// A client that trusts the root calls the fake by a name of Salesforce, and refuses
// it as soon as something is wrong.
func ExampleAuthority_Config() {
	a, err := authority.New(authority.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(a.PEM())
	for _, fault := range []authority.Fault{"", authority.SelfSigned} {
		fmt.Println(call(a.Config(fault), &tls.Config{RootCAs: roots, ServerName: "acme.my.salesforce.com"}))
	}
	// Output:
	// <nil>
	// tls: failed to verify certificate: x509: certificate signed by unknown authority
}

// call is one handshake between the two.
func call(server, client *tls.Config) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer l.Close()
	go func() {
		if conn, err := l.Accept(); err == nil {
			defer conn.Close()
			_ = tls.Server(conn, server).Handshake()
		}
	}()
	conn, err := tls.Dial("tcp", l.Addr().String(), client)
	if err == nil {
		err = conn.Close()
	}
	return err
}

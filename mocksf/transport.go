package mocksf

import (
	"context"
	"net"
	"net/http"
	"strings"
)

// Transport reaches the orgs under their real names: a request to
// https://acme.my.salesforce.com goes to this server, and so does every other
// host, so that nothing ever leaves the machine. The server must be started.
func (s *Server) Transport() *http.Transport {
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, strings.TrimPrefix(s.url, "http://"))
	}
	// The connection of an https request is handed over in the clear: inside one
	// process there is nobody to hide from.
	return &http.Transport{DialContext: dial, DialTLSContext: dial, MaxIdleConnsPerHost: maxIdle}
}

const maxIdle = 16

// Client is an http.Client on Transport. It follows no redirects.
func (s *Server) Client() *http.Client {
	return &http.Client{
		Transport:     s.Transport(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

package mocksf

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Transport reaches the orgs under their real names: a request to
// https://acme.my.salesforce.com goes to this server. So does every other name,
// but for addresses of this machine: nothing ever leaves it. The server must be
// started.
func (s *Server) Transport() *http.Transport {
	dial := func(ctx context.Context, network, addr string) (net.Conn, error) {
		if a, err := netip.ParseAddrPort(addr); err != nil || !a.Addr().IsLoopback() {
			addr = strings.TrimPrefix(s.URL(), "http://")
		}
		var d net.Dialer
		return d.DialContext(ctx, network, addr)
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

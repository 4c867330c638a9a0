package mocksf

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/proxy"
)

// reaching is what leads clients with Salesforce's own host names to the orgs:
// https, and a proxy whose tunnels end here.
type reaching struct {
	tlsServer   *http.Server
	proxy       *proxy.Proxy
	proxyServer *http.Server
	proxyURL    string
	// plainServer is the port 80 of the real host names, which only redirects.
	plainServer *http.Server
	plainAddr   string
}

// TLSURL is the https address of the first org, once Start has returned; empty
// without Options.TLS.
func (s *Server) TLSURL() string { return s.orgs[0].tlsURL }

// ProxyURL is the address of the forward proxy, once Start has returned; empty
// without Options.ProxyAddr.
func (s *Server) ProxyURL() string { return s.proxyURL }

// ProxyRefused are the hosts that the proxy let nobody reach.
func (s *Server) ProxyRefused() []string {
	if s.proxy == nil {
		return nil
	}
	return s.proxy.Refused()
}

func (s *Server) startReaching() (err error) {
	if s.options.TLS == nil {
		return nil
	}
	config := s.options.TLS.Config(s.options.TLSFault)
	s.tlsServer, err = s.serveOrgs(s.options.TLSAddr, config, func(o *Org, addr string) { o.tlsURL = "https://" + addr })
	if err != nil || s.options.ProxyAddr == "" {
		return err
	}
	return s.startProxy()
}

func (s *Server) startProxy() error {
	plain, err := listen(anyPort)
	if err != nil {
		return err
	}
	s.plainServer, s.plainAddr = s.newServer(http.HandlerFunc(redirectToTLS)), plain.Addr().String()
	serveOn(s.plainServer, plain)
	if s.proxy, err = proxy.New(proxy.Options{Dial: s.dialAs, Allow: s.options.AllowHosts}); err != nil {
		return err
	}
	l, err := listen(s.options.ProxyAddr)
	if err != nil {
		return err
	}
	s.proxyServer, s.proxyURL = s.proxy.Server(), "http://"+reachable(l.Addr())
	serveOn(s.proxyServer, l)
	return nil
}

// dialAs opens a connection to what stands at a real address. Which org answers
// follows from the host name in the request, as on the real service.
func (s *Server) dialAs(ctx context.Context, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("mocksf: %w", err)
	}
	if !s.resolves(host) {
		return nil, fmt.Errorf("mocksf: %s: %w", host, proxy.ErrNoSuchHost)
	}
	to := strings.TrimPrefix(s.TLSURL(), "https://")
	if port == "80" {
		to = s.plainAddr
	}
	var d net.Dialer
	return d.DialContext(ctx, "tcp", to)
}

// resolves says whether the name would resolve on the real service: the hosts that
// all orgs share, and those of the orgs that there are.
func (s *Server) resolves(host string) bool {
	label, _, _ := strings.Cut(host, ".")
	return host == fixtures.LoginHost || host == fixtures.TestHost || host == fixtures.APIHost ||
		s.byHost[host] != nil || s.byLabel[label] != nil && !strings.HasSuffix(host, ".my.salesforce.com")
}

// redirectToTLS is what answers at port 80: a client that follows it loses the
// body of its token request (facts: sections 1.2, E1, and 1.4). That the status is
// 301 is assumed: no capture shows it.
func redirectToTLS(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "https://"+r.Host+r.URL.RequestURI(), http.StatusMovedPermanently) //nolint:gosec // the host that was asked, by design
}

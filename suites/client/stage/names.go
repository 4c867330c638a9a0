package stage

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/proxy"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// foreignHost belongs to nobody (RFC 2606), and not to Salesforce.
const foreignHost = "collector.example"

// realBase is the URL of a place under the names of the real service.
func (s *Stage) realBase(p place) string {
	config := s.casts[p.org].config
	label, domain, _ := strings.Cut(config.MyDomainHost(), ".")
	switch p.role {
	case evidence.Token:
		if s.options.GenericHost {
			return "https://" + config.GenericHost()
		}
		return "https://" + config.MyDomainHost()
	case evidence.Instance:
		return "https://" + label + "-data." + domain
	case evidence.Moved:
		return "https://" + label + "-moved." + domain
	case evidence.Plain:
		return "http://" + config.MyDomainHost()
	case evidence.Foreign:
	}
	return "https://" + foreignHost
}

// openProxy opens the proxy by which clients reach the real names.
func (s *Stage) openProxy() error {
	// A host that is not Salesforce's is let through as well, and ends here as well.
	p, err := proxy.New(proxy.Options{Dial: s.dial, Allow: []string{foreignHost}, DialOut: s.dialOut})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // listening on a local address does not block
	if err != nil {
		return err
	}
	s.proxy, s.proxyServer, s.proxyURL = p, p.Server(), "http://"+l.Addr().String()
	go func() {
		// It ends by close, which is no error.
		_ = s.proxyServer.Serve(l)
	}()
	return nil
}

func (s *Stage) dialOut(ctx context.Context, _, address string) (net.Conn, error) {
	return s.dial(ctx, address)
}

// dial opens a connection to what stands under a real name.
func (s *Stage) dial(ctx context.Context, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("stage: %w", err)
	}
	s.asked.add(host)
	to, ok := s.behind(host, port == "80")
	if !ok {
		return nil, fmt.Errorf("stage: %s: %w", host, proxy.ErrNoSuchHost)
	}
	var d net.Dialer
	return d.DialContext(ctx, "tcp", to)
}

// behind is the listener that stands under a name.
func (s *Stage) behind(host string, plain bool) (string, bool) {
	if plain {
		return s.doors[place{evidence.Plain, 0}].address, true
	}
	for _, o := range s.doors {
		if o.base == "https://"+host {
			return o.address, true
		}
	}
	switch host {
	case fixtures.LoginHost, fixtures.TestHost, s.casts[0].config.MyDomainHost():
		return s.doors[place{evidence.Token, 0}].address, true
	}
	if s.options.AnyHost && strings.HasSuffix(host, ".my.salesforce.com") {
		return s.doors[place{evidence.Token, 0}].address, true
	}
	return "", false
}

func (s *Stage) tunnels() []string {
	return append(s.asked.all(), s.proxy.Refused()...)
}

// hostList is the hosts that were asked for.
type hostList struct {
	hostsMu sync.Mutex
	hosts   []string
}

const mostHosts = 1000

func (h *hostList) add(host string) {
	h.hostsMu.Lock()
	defer h.hostsMu.Unlock()
	if len(h.hosts) < mostHosts {
		h.hosts = append(h.hosts, host)
	}
}

func (h *hostList) all() []string {
	h.hostsMu.Lock()
	defer h.hostsMu.Unlock()
	return append([]string(nil), h.hosts...)
}

package stage

import (
	"context"
	"crypto/tls"
	"errors"
	"log"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/sfconform/sfconform/mocksf/proxy"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// network is what listens.
type network struct {
	servers []*http.Server
	// doors are the base URLs and listeners, by place.
	doors       map[place]opened
	proxy       *proxy.Proxy
	proxyServer *http.Server
	proxyURL    string
	asked       hostList
	connections atomic.Int64
}

// place is a host of an org.
type place struct {
	role evidence.Role
	org  int
}

type opened struct {
	base, address string
}

// bound is how long a client may take over a request's header, and an idle
// connection stays open.
const bound = 2 * time.Minute

// open opens a door for every host of every org, and the proxy if one is wanted.
func (s *Stage) open() error {
	s.doors = map[place]opened{}
	for org := range s.orgs {
		for _, role := range []evidence.Role{evidence.Token, evidence.Instance, evidence.Moved, evidence.Foreign, evidence.Plain} {
			if err := s.openDoor(place{role, org}); err != nil {
				return err
			}
		}
	}
	if s.options.Via == Proxy {
		return s.openProxy()
	}
	return nil
}

func (s *Stage) openDoor(p place) error {
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // listening on a local address does not block
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: door{s, p.role, p.org}, ReadHeaderTimeout: bound, IdleTimeout: bound,
		ErrorLog: log.New(handshakeErrors{s}, "", 0),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, connectionKey{}, s.connection(p.role, c))
		},
		ConnState: s.connState,
	}
	o := opened{base: s.baseOf(p, l.Addr().String()), address: l.Addr().String()}
	if strings.HasPrefix(o.base, "https:") {
		l = tls.NewListener(l, s.tlsConfig(p.role))
	}
	s.doors[p] = o
	s.servers = append(s.servers, server)
	go func() {
		// It ends by close, which is no error.
		_ = server.Serve(l)
	}()
	return nil
}

// baseOf is the URL by which clients know the place.
func (s *Stage) baseOf(p place, address string) string {
	if s.options.Via == Proxy {
		return s.realBase(p)
	}
	scheme := "https://"
	if s.options.Insecure || p.role == evidence.Plain {
		scheme = "http://"
	}
	if p.role == evidence.Foreign {
		// Another name for another party, although it is the same machine.
		_, port, _ := net.SplitHostPort(address)
		address = net.JoinHostPort("localhost", port)
	}
	return scheme + address
}

// Base is the base URL of a host of an org (0 or 1), without a trailing slash.
func (s *Stage) Base(r evidence.Role, org int) string { return s.doors[place{r, org}].base }

// ProxyURL is the address of the proxy; empty unless clients come by it.
func (s *Stage) ProxyURL() string { return s.proxyURL }

func (s *Stage) hosts() evidence.Hosts {
	h := evidence.Hosts{Bases: map[evidence.Role]string{}, Second: map[evidence.Role]string{}}
	for p, o := range s.doors {
		if p.org == 0 {
			h.Bases[p.role] = o.base
		} else {
			h.Second[p.role] = o.base
		}
	}
	return h
}

// close cuts every connection.
func (n *network) close() error {
	var errs []error
	if n.proxy != nil {
		errs = append(errs, n.proxy.Close(), n.proxyServer.Close())
	}
	for _, server := range n.servers {
		errs = append(errs, server.Close())
	}
	return errors.Join(errs...)
}

type connectionKey struct{}

// connectionOf is the number of the connection that a request came by.
func connectionOf(ctx context.Context) int {
	n, _ := ctx.Value(connectionKey{}).(int)
	return n
}

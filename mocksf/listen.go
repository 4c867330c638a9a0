package mocksf

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// listening is the network side of a server that was started.
type listening struct {
	// orgsServer serves every org, each on a listener of its own.
	orgsServer, controlServer *http.Server
	controlURL                string
	reaching
}

// URL is the address of the first org, once Start has returned.
func (s *Server) URL() string { return s.orgs[0].url }

// ControlURL is the address of the control API, once Start has returned.
func (s *Server) ControlURL() string { return s.controlURL }

// Start listens and serves until Close: the first org on Options.Addr, every
// other one on a free port of its own. Errors name the address.
func (s *Server) Start() error {
	var err error
	if s.orgsServer, err = s.serveOrgs(s.options.Addr, nil, func(o *Org, addr string) { o.url = "http://" + addr }); err != nil {
		return errors.Join(err, s.Close())
	}
	if err := s.startReaching(); err != nil {
		return errors.Join(err, s.Close())
	}
	l, err := listen(s.options.ControlAddr)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	s.controlServer = s.newServer(s.ControlHandler())
	s.controlURL = "http://" + reachable(l.Addr())
	serveOn(s.controlServer, l)
	return nil
}

// serveOrgs lets a server listen for every org: for the first one at addr, for each
// other one at a free port, over TLS if a configuration is given. Each org is told
// its address.
func (s *Server) serveOrgs(addr string, config *tls.Config, tell func(*Org, string)) (*http.Server, error) {
	byListener := map[net.Listener]*Org{}
	server := s.newServer(s.Handler())
	server.TLSConfig = config
	server.BaseContext = func(l net.Listener) context.Context {
		return context.WithValue(context.Background(), orgKey{}, byListener[l])
	}
	for _, o := range s.orgs {
		l, err := listen(addr)
		if err != nil {
			for open := range byListener {
				err = errors.Join(err, open.Close())
			}
			return nil, err
		}
		tell(o, reachable(l.Addr()))
		if config != nil {
			l = tls.NewListener(l, config)
		}
		byListener[l] = o
		addr = anyPort
	}
	for l := range byListener {
		serveOn(server, l)
	}
	return server, nil
}

// orgKey is the context key of the org whose listener took a request.
type orgKey struct{}

// addressed is the org whose own address was asked: the listener's, or the first
// one where there is no listener.
func (s *Server) addressed(ctx context.Context) *Org {
	if o, ok := ctx.Value(orgKey{}).(*Org); ok {
		return o
	}
	return s.orgs[0]
}

func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr) //nolint:noctx // listening on a local address does not block
	if err != nil {
		return nil, fmt.Errorf("mocksf: cannot listen on %q: %w", addr, err)
	}
	return l, nil
}

// reachable is the address by which a client of this machine reaches a listener: one
// on all interfaces is printed as 127.0.0.1, which is also what its clients name.
func reachable(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if ip, parseErr := netip.ParseAddr(host); err == nil && parseErr == nil && ip.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return a.String()
}

func (s *Server) newServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadTimeout: s.options.ReadTimeout, ReadHeaderTimeout: s.options.ReadTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: silent,
	}
}

// maxHeader holds the longest query string that clients send with an assertion in it.
const maxHeader = 256 << 10

func serveOn(server *http.Server, l net.Listener) {
	go func() {
		// It ends by Close, which is no error.
		_ = server.Serve(l)
	}()
}

// closeTimeout is how long running exchanges have to end.
const closeTimeout = 2 * time.Second

// Close stops listening, ends answers that hang or drip, lets other running exchanges
// end for a moment and cuts them off then. It needs no Start: a server that is used by
// its Handler alone is closed too.
func (s *Server) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	s.end()
	var errs []error
	if s.proxy != nil {
		errs = append(errs, s.proxy.Close())
	}
	for _, server := range []*http.Server{s.proxyServer, s.tlsServer, s.plainServer, s.orgsServer, s.controlServer} {
		if server == nil {
			continue
		}
		if err := server.Shutdown(ctx); err != nil {
			errs = append(errs, server.Close())
		}
	}
	return errors.Join(errs...)
}

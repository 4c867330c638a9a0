package mocksf

import (
	"context"
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
}

// URL is the address of the first org, once Start has returned.
func (s *Server) URL() string { return s.orgs[0].url }

// ControlURL is the address of the control API, once Start has returned.
func (s *Server) ControlURL() string { return s.controlURL }

// Start listens and serves until Close: the first org on Options.Addr, every
// other one on a free port of its own. Errors name the address.
func (s *Server) Start() error {
	if err := s.startOrgs(); err != nil {
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

func (s *Server) startOrgs() error {
	byListener := map[net.Listener]*Org{}
	s.orgsServer = s.newServer(s.Handler())
	s.orgsServer.BaseContext = func(l net.Listener) context.Context {
		return context.WithValue(context.Background(), orgKey{}, byListener[l])
	}
	addr := s.options.Addr
	for _, o := range s.orgs {
		l, err := listen(addr)
		if err != nil {
			for open := range byListener {
				err = errors.Join(err, open.Close())
			}
			return err
		}
		byListener[l] = o
		o.url = "http://" + reachable(l.Addr())
		addr = anyPort
	}
	for l := range byListener {
		serveOn(s.orgsServer, l)
	}
	return nil
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

// Close stops listening, lets running exchanges end for a moment and cuts them off then.
func (s *Server) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	var errs []error
	for _, server := range []*http.Server{s.orgsServer, s.controlServer} {
		if server == nil {
			continue
		}
		if err := server.Shutdown(ctx); err != nil {
			errs = append(errs, server.Close())
		}
	}
	return errors.Join(errs...)
}

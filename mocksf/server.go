package mocksf

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/control"
)

// Server plays one or more orgs over HTTP.
type Server struct {
	options Options
	orgs    []*Org
	byHost  map[string]*Org
	byLabel map[string]*Org

	api, control *http.Server
	url          string
	controlURL   string
}

// New makes a server that does not listen yet. Errors name the org and the
// setting at fault.
func New(o Options) (*Server, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{options: o, byHost: map[string]*Org{}, byLabel: map[string]*Org{}}
	for _, config := range o.Orgs {
		if err := s.add(config); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *Server) add(config fixtures.Org) error {
	org, err := newOrg(config, s.options)
	if err != nil {
		return fmt.Errorf("mocksf: org %q: %w", config.MyDomain, err)
	}
	org.server = s
	host := config.MyDomainHost()
	if s.byHost[host] != nil {
		return fmt.Errorf("mocksf: two orgs have the My Domain %q", host)
	}
	s.orgs = append(s.orgs, org)
	s.byHost[host] = org
	s.byLabel[strings.ToLower(config.MyDomain)] = org
	return nil
}

// Org is the first org, which answers under the server's own address.
func (s *Server) Org() *Org { return s.orgs[0] }

// OrgByMyDomain is the org with the My Domain name, or nil.
func (s *Server) OrgByMyDomain(name string) *Org { return s.byLabel[strings.ToLower(name)] }

// Handler answers as the orgs do. Which org is meant follows from the Host header.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serve) }

// ControlHandler is the control API over all orgs.
func (s *Server) ControlHandler() http.Handler {
	orgs := map[string]control.Org{}
	var names []string
	for _, o := range s.orgs {
		name := o.Config().MyDomain
		orgs[name] = o
		names = append(names, name)
	}
	return control.Handler(orgs, names)
}

// URL is the address of the first org, once Start has returned.
func (s *Server) URL() string { return s.url }

// ControlURL is the address of the control API, once Start has returned.
func (s *Server) ControlURL() string { return s.controlURL }

// Start listens and serves until Close. Errors name the address.
func (s *Server) Start() error {
	var err error
	if s.api, s.url, err = s.listen(s.options.Addr, s.Handler()); err != nil {
		return err
	}
	if s.control, s.controlURL, err = s.listen(s.options.ControlAddr, s.ControlHandler()); err != nil {
		return errors.Join(err, s.Close())
	}
	return nil
}

func (s *Server) listen(addr string, h http.Handler) (*http.Server, string, error) {
	l, err := net.Listen("tcp", addr) //nolint:noctx // listening on a local address does not block
	if err != nil {
		return nil, "", fmt.Errorf("mocksf: cannot listen on %q: %w", addr, err)
	}
	server := &http.Server{
		Handler: h, ReadTimeout: s.options.ReadTimeout, ReadHeaderTimeout: s.options.ReadTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: silent,
	}
	go func() {
		// It ends by Close, which is no error.
		_ = server.Serve(l)
	}()
	return server, "http://" + l.Addr().String(), nil
}

// maxHeader holds the longest query string that clients send with an assertion in it.
const maxHeader = 256 << 10

// closeTimeout is how long running exchanges have to end.
const closeTimeout = 2 * time.Second

// Close stops listening, lets running exchanges end for a moment and cuts them off then.
func (s *Server) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	var errs []error
	for _, server := range []*http.Server{s.api, s.control} {
		if server == nil {
			continue
		}
		if err := server.Shutdown(ctx); err != nil {
			errs = append(errs, server.Close())
		}
	}
	return errors.Join(errs...)
}

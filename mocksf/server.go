package mocksf

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/control"
)

// Server plays one or more orgs over HTTP.
type Server struct {
	options Options
	orgs    []*Org
	byHost  map[string]*Org
	byLabel map[string]*Org
	// life ends with Close, by end; answers that hang wait for it.
	life context.Context
	end  context.CancelFunc

	listening
}

// New makes a server that does not listen yet. Errors name the org and the
// setting at fault.
func New(o Options) (*Server, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{options: o, byHost: map[string]*Org{}, byLabel: map[string]*Org{}}
	s.life, s.end = context.WithCancel(context.Background())
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
// It may stand behind a listener and a middleware of the caller's: the faults that
// break a connection need a ResponseWriter that is net/http's own or leads to it by
// Unwrap (see http.ResponseController); behind another one, and over HTTP/2, they end
// the answer as http.ErrAbortHandler does. Close ends the answers that hang.
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

// HandlerFor answers as Handler does, and has requests to an address of this machine
// meant for the org, which must be one of the server's: for callers that listen
// themselves. Token answers name the instance URL; "" stands for the address asked.
func (s *Server) HandlerFor(o *Org, instanceURL string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), orgKey{}, o)
		s.serve(w, r.WithContext(context.WithValue(ctx, instanceKey{}, instanceURL)))
	})
}

// instanceKey is the context key of the instance URL that HandlerFor was given.
type instanceKey struct{}

package mocksf

import (
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

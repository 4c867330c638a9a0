package deploy

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/rest"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// resource is a deployRequest of the REST API.
type resource struct {
	ID        string   `json:"id"`
	Validated *string  `json:"validatedDeployRequestId"`
	Options   *Options `json:"deployOptions"`
	Result    *Result  `json:"deployResult"`
}

// Places are the resources of deploys, for the data API to guard.
func (s *Service) Places() []rest.Place {
	const (
		all = "/metadata/deployRequest"
		one = all + "/{id}"
	)
	return []rest.Place{
		{Method: "POST", Pattern: all, Answer: s.restDeploy},
		{Method: "GET", Pattern: one, Answer: s.restStatus},
		{Method: "PATCH", Pattern: one, Answer: s.restCancel},
	}
}

// restDeploy takes a zip file in a multipart body, or the id of what was validated in
// a JSON one (facts: metadata.md section 4.2).
func (s *Service) restDeploy(r *exchange.Request, u *snapshot.User) exchange.Answer {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return s.restQuickDeploy(r, u)
	}
	data, options, err := parseBody(r)
	if err != nil {
		return exchange.Refuse(&s.badMultipart)
	}
	made := s.deploy(order{archive: data, options: options, user: u, now: r.Now})
	return exchange.JSONStatus(http.StatusCreated, resource{ID: made.id, Options: &made.options, Result: made.deploy.pending()})
}

func (s *Service) restQuickDeploy(r *exchange.Request, u *snapshot.User) exchange.Answer {
	var body struct {
		ID string `json:"validatedDeployRequestId"`
	}
	if err := json.Unmarshal(r.Body, &body); err != nil {
		return exchange.Refuse(&s.badMultipart)
	}
	made := s.quickDeploy(body.ID, u, r.Now)
	if made == nil {
		return exchange.Refuse(&s.unknownREST)
	}
	return exchange.JSONStatus(http.StatusCreated, resource{ID: made.id, Validated: &body.ID, Options: &made.options, Result: made.deploy.pending()})
}

func (s *Service) restStatus(r *exchange.Request, _ *snapshot.User) exchange.Answer {
	found := s.deployed(r.Value("id"))
	if found == nil {
		return exchange.Refuse(&s.unknownREST)
	}
	result := found.deploy
	if r.Query.Get("includeDetails") != "true" {
		result = result.without()
	}
	return exchange.JSON(resource{ID: found.id, Options: &found.options, Result: result})
}

// restCancel answers with the deploy as it ended: none waits in a queue here.
func (s *Service) restCancel(r *exchange.Request, _ *snapshot.User) exchange.Answer {
	found := s.deployed(r.Value("id"))
	if found == nil {
		return exchange.Refuse(&s.unknownREST)
	}
	return exchange.JSONStatus(http.StatusAccepted, resource{ID: found.id, Options: &found.options, Result: found.deploy.without()})
}

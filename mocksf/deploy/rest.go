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

// Places are the resources of deploys, and of what they changed, for the data API to guard.
func (s *Service) Places() []rest.Place {
	const (
		all = "/metadata/deployRequest"
		one = all + "/{id}"
	)
	places := []rest.Place{
		{Method: "POST", Pattern: all, Answer: s.restDeploy},
		{Method: "GET", Pattern: one, Answer: s.restStatus},
		{Method: "PATCH", Pattern: one, Answer: s.restCancel},
	}
	for i, p := range places {
		places[i].Answer = func(r *exchange.Request, u *snapshot.User) exchange.Answer {
			if !u.ModifyMetadata {
				return exchange.Refuse(&s.notAllowed)
			}
			return p.Answer(r, u)
		}
	}
	return append(places, rest.Place{Method: "GET", Pattern: "/tooling/query", Answer: s.tooling})
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
	return exchange.JSONStatus(http.StatusCreated, resource{ID: made.id, Options: &made.options, Result: made.asked})
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
	return exchange.JSONStatus(http.StatusCreated, resource{ID: made.id, Validated: &body.ID, Options: &made.options, Result: made.asked})
}

func (s *Service) restStatus(r *exchange.Request, _ *snapshot.User) exchange.Answer {
	found, result := s.status(r.Value("id"), r.Now)
	if found == nil {
		return exchange.Refuse(&s.unknownREST)
	}
	if r.Query.Get("includeDetails") != "true" {
		result = result.without()
	}
	return exchange.JSON(resource{ID: found.id, Options: &found.options, Result: result})
}

// restCancel cancels a deploy. One that has ended is answered as it ended.
func (s *Service) restCancel(r *exchange.Request, u *snapshot.User) exchange.Answer {
	found := s.deployed(r.Value("id"))
	if found == nil {
		return exchange.Refuse(&s.unknownREST)
	}
	var body struct {
		Result struct {
			Status string `json:"status"`
		} `json:"deployResult"`
	}
	if json.Unmarshal(r.Body, &body) != nil || body.Result.Status != statusCanceling {
		return exchange.Refuse(&s.badPatch)
	}
	s.cancel(found, u, r.Now)
	_, result := s.status(found.id, r.Now)
	return exchange.JSONStatus(http.StatusAccepted, resource{ID: found.id, Options: &found.options, Result: result.without()})
}

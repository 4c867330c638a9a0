package deploy

import (
	"time"

	"github.com/sfconform/sfconform/mocksf/soap"
)

// asyncResult is an AsyncResult of the Metadata API.
type asyncResult struct {
	Done  bool   `xml:"done"`
	ID    string `xml:"id"`
	State string `xml:"state"`
}

// Operations are the calls of the Metadata API, for the SOAP API to guard.
func (s *Service) Operations() []soap.Operation {
	return []soap.Operation{
		{Name: "deploy", Params: []string{"ZipFile", "DeployOptions"}, Answer: s.soapDeploy},
		{Name: "checkDeployStatus", Params: []string{"asyncProcessId", "includeDetails"}, Answer: s.soapStatus},
		{Name: "cancelDeploy", Params: []string{"String", "id"}, Answer: s.soapCancel},
		{Name: "deployRecentValidation", Params: []string{"validationId"}, Answer: s.soapQuickDeploy},
		{Name: "retrieve", Params: []string{"retrieveRequest", "request"}, Answer: s.soapRetrieve},
		{Name: "checkRetrieveStatus", Params: []string{"asyncProcessId", "includeZip"}, Answer: s.soapRetrieved},
		{Name: "describeMetadata", Params: []string{"asOfVersion"}, Answer: describe},
		{Name: "listMetadata", Params: []string{"queries", "asOfVersion"}, Answer: s.list},
	}
}

func (s *Service) soapDeploy(q soap.Question) soap.Reply {
	data, err := decode(q.Params.Text("ZipFile"))
	r := s.deploy(order{archive: data, err: err, options: optionsOf(q.Params.Child("DeployOptions")), user: q.User, now: q.Request.Now})
	return queued(r)
}

// queued is the answer to a call that is carried out later, as far as its caller sees.
func queued(r *request) soap.Reply {
	return soap.Reply{Results: []any{asyncResult{false, r.id, "Queued"}}}
}

func (s *Service) soapStatus(q soap.Question) soap.Reply {
	found, result := s.status(q.Params.Text("asyncProcessId"), q.Request.Now)
	if found == nil {
		return soap.Reply{Refused: &s.unknownID}
	}
	if q.Params.Text("includeDetails") != "true" {
		result = result.without()
	}
	return soap.Reply{Results: []any{result}}
}

// deployed is the deploy with the id; nil if there is none.
func (s *Service) deployed(id string) *request {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.requests.find(id); r != nil && r.deploy != nil {
		return r
	}
	return nil
}

// status is the deploy with the id, and how it stands; nil if there is none.
func (s *Service) status(id string, now time.Time) (*request, *Result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp(now)
	if r := s.requests.find(id); r != nil && r.deploy != nil {
		return r, r.view(now)
	}
	return nil, nil
}

// cancelResult is a CancelDeployResult of the Metadata API.
type cancelResult struct {
	Done bool   `xml:"done"`
	ID   string `xml:"id"`
}

func (s *Service) soapCancel(q soap.Question) soap.Reply {
	id := q.Params.Text("String")
	if id == "" {
		id = q.Params.Text("id")
	}
	r := s.deployed(id)
	if r == nil {
		return soap.Reply{Refused: &s.unknownID}
	}
	if !s.cancel(r, q.User, q.Request.Now) {
		return soap.Reply{Refused: &s.completed}
	}
	_, result := s.status(r.id, q.Request.Now)
	return soap.Reply{Results: []any{cancelResult{result.Done, r.id}}}
}

func (s *Service) soapQuickDeploy(q soap.Question) soap.Reply {
	r := s.quickDeploy(q.Params.Text("validationId"), q.User, q.Request.Now)
	if r == nil {
		return soap.Reply{Refused: &s.unknownID}
	}
	return soap.Reply{Results: []any{r.id}}
}

func (s *Service) soapRetrieve(q soap.Question) soap.Reply {
	return queued(s.retrieve(wishOf(q)))
}

func (s *Service) soapRetrieved(q soap.Question) soap.Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.requests.find(q.Params.Text("asyncProcessId"))
	if r == nil || r.retrieve == nil {
		return soap.Reply{Refused: &s.unknownID}
	}
	result := *r.retrieve
	if q.Params.Text("includeZip") == "false" {
		result.ZipFile = ""
	}
	return soap.Reply{Results: []any{result}}
}

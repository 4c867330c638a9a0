package deploy

import (
	"sync"

	"github.com/sfconform/sfconform/fixtures"
)

// Org is the org whose metadata is deployed and retrieved.
type Org interface {
	// Config is its newest configuration.
	Config() fixtures.Org
	// Change changes it, all or nothing.
	Change(changes ...fixtures.Change) error
}

// Service answers for the metadata of one org.
type Service struct {
	org Org
	// mu lets one deploy at a time read the org and change it, and guards what follows.
	mu       sync.Mutex
	requests requests
	files    deployed

	unknownID, completed      fixtures.Refusal
	unknownREST, badMultipart fixtures.Refusal
}

// New serves the metadata of an org.
func New(org Org) *Service {
	return &Service{
		org: org, requests: newRequests(), files: deployed{},
		unknownID:    fixtures.MustRefusal("soap-deploy-id-invalid"),
		completed:    fixtures.MustRefusal("soap-deploy-completed"),
		unknownREST:  fixtures.MustRefusal("rest-deploy-id-invalid"),
		badMultipart: fixtures.MustRefusal("rest-deploy-malformed"),
	}
}

package deploy

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// Org is the org whose metadata is deployed and retrieved.
type Org interface {
	// Config is its newest configuration.
	Config() fixtures.Org
	// ChangeAt changes it at a time that is not before any earlier change, all or nothing.
	ChangeAt(at time.Time, changes ...fixtures.Change) error
}

// Service answers for the metadata of one org.
type Service struct {
	org Org
	// mu lets one deploy at a time read the org and change it, and guards what follows.
	mu       sync.Mutex
	requests requests
	files    deployed
	// tracked are the changes of deploys, revision is the last one's number.
	tracked  map[key]tracked
	revision int
	// waiting are the deploys that have not ended, in the order of their turns.
	waiting []*request
	// next is when the first of them ends, in nanoseconds since 1970.
	next atomic.Int64

	unknownID, completed      fixtures.Refusal
	unknownREST, badMultipart fixtures.Refusal
	notAllowed, badPatch      fixtures.Refusal
	notServed                 fixtures.Refusal
}

// New serves the metadata of an org.
func New(org Org) *Service {
	s := &Service{
		org: org, requests: newRequests(), files: deployed{}, tracked: map[key]tracked{},
		unknownID:    fixtures.MustRefusal("soap-deploy-id-invalid"),
		completed:    fixtures.MustRefusal("soap-deploy-completed"),
		unknownREST:  fixtures.MustRefusal("rest-deploy-id-invalid"),
		badMultipart: fixtures.MustRefusal("rest-deploy-malformed"),
		notServed:    fixtures.MustRefusal("rest-resource-not-served"),
		badPatch:     fixtures.MustRefusal("rest-deploy-patch-invalid"),
		notAllowed:   fixtures.MustRefusal("rest-metadata-access-denied"),
	}
	s.plan()
	return s
}

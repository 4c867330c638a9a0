package deploy

import (
	"time"

	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// validFor is how long a validation can be deployed (Metadata API guide, deployRecentValidation).
const validFor = 10 * 24 * time.Hour

// quickDeploy deploys what was validated; nil if there is no such validation.
func (s *Service) quickDeploy(id string, u *snapshot.User, now time.Time) *request {
	o, ok := s.validated(id, now)
	if !ok {
		return nil
	}
	o.user, o.now, o.options.CheckOnly = u, now, false
	return s.deploy(o)
}

// validated is what a validation that can still be deployed has of an order.
func (s *Service) validated(id string, now time.Time) (order, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp(now)
	r := s.requests.find(id)
	if r == nil || r.archive == nil {
		return order{}, false
	}
	made, err := time.Parse(wireTime, r.deploy.CreatedDate)
	return order{archive: r.archive, options: r.options}, err == nil && now.Sub(made) <= validFor
}

package deploy

import (
	"time"

	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// validFor is how long a validation can be deployed (Metadata API guide, deployRecentValidation).
const validFor = 10 * 24 * time.Hour

// quickDeploy deploys what was validated; nil if there is no such validation.
func (s *Service) quickDeploy(id string, u *snapshot.User, now time.Time) *request {
	validated := s.deployed(id)
	if validated == nil || validated.archive == nil {
		return nil
	}
	if made, err := time.Parse(wireTime, validated.deploy.CreatedDate); err != nil || now.Sub(made) > validFor {
		return nil
	}
	options := validated.options
	options.CheckOnly = false
	return s.deploy(order{archive: validated.archive, options: options, user: u, now: now})
}

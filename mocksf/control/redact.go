package control

import (
	"fmt"
	"maps"

	"github.com/sfconform/sfconform/fixtures"
)

// redacted is the org without its consumer secrets; GET /credentials has them.
func redacted(o fixtures.Org) fixtures.Org {
	o.Apps = maps.Clone(o.Apps)
	for name, a := range o.Apps {
		a.ConsumerSecret = mask(a.ConsumerSecret)
		if a.Staged != nil {
			staged := *a.Staged
			staged.ConsumerSecret = mask(staged.ConsumerSecret)
			a.Staged = &staged
		}
		o.Apps[name] = a
	}
	return o
}

func mask(secret string) string {
	if secret == "" {
		return ""
	}
	return fmt.Sprintf("[redacted %d characters]", len(secret))
}

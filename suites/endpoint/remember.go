package endpoint

import (
	"net/url"
	"strings"
)

// inLocation begins the place of a value that stands in the address of a redirect.
const inLocation = "location:"

// remember keeps parts of a success for later steps, and out of every report.
func (a *attempt) remember(where string, places map[string]string, got answer) {
	for name, place := range places {
		value, found := got.field(place)
		if parameter, ok := strings.CutPrefix(place, inLocation); ok {
			value, found = inRedirect(got, parameter)
		}
		if !found {
			a.out.differ(where+place, "a value for later steps", "(absent)")
			a.out.lost = true
			continue
		}
		a.vars[name] = value
		a.redact.hide(value)
	}
}

func inRedirect(got answer, parameter string) (string, bool) {
	to, err := url.Parse(got.header.Get("Location"))
	if err != nil {
		return "", false
	}
	return to.Query().Get(parameter), to.Query().Has(parameter)
}

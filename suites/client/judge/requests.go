package judge

import (
	"fmt"
	"net/http"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// requests are the judges of group A, the shape of token requests.
func requests() []Judge {
	return []Judge{
		{ID: "req-method-post", Look: everyTokenRequest("was a POST", "was not a POST", func(x evidence.Exchange) bool {
			return x.Request.Method == http.MethodPost
		})},
		{ID: "req-content-type-form", Look: everyTokenRequest("was a form", "was no form", func(x evidence.Exchange) bool {
			return x.Request.Method != http.MethodPost || x.Request.FormErr == ""
		})},
	}
}

// everyTokenRequest is a look that wants something of every token request.
func everyTokenRequest(good, bad string, right func(evidence.Exchange) bool) func(*evidence.Evidence) verdict.Observation {
	return func(e *evidence.Evidence) verdict.Observation {
		all := e.TokenRequests()
		if len(all) == 0 {
			return absent("no token request came")
		}
		wrong := these(all, func(x evidence.Exchange) bool { return !right(x) })
		if len(wrong) == 0 {
			return kept(fmt.Sprintf("each of %d token requests %s", len(all), good))
		}
		return broken(fmt.Sprintf("%d of %d token requests %s", len(wrong), len(all), bad), wrong...)
	}
}

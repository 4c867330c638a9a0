package scenario

import (
	"net/http"

	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios of error answers in an unusual form, for judges to ask for by name.
const (
	NoBody        = "error-answers-without-a-body"
	CutShort      = "token-answer-cut-short"
	OtherStatuses = "refusals-with-other-statuses"
	APIShapes     = "api-errors-in-every-form"
)

// unusualAnswers are the situations in which an error comes in a form that a client
// may not have been written for.
func unusualAnswers() []Scenario {
	return []Scenario{
		{
			Name: NoBody, Title: "The token endpoint answers 400, then 503, without a body.", Want: Fail, GiveUp: true,
			Starts: []Start{
				{Before: armTokens(fault.Fault{Name: "empty-400", Kind: fault.Empty, Status: http.StatusBadRequest, First: often})},
				{Before: armTokens(fault.Fault{Name: "empty-503", Kind: fault.Empty, Status: http.StatusServiceUnavailable, First: often})},
			},
		},
		{
			Name: CutShort, Title: "The token answer announces more than comes, and the connection closes.", Want: Fail, GiveUp: true,
			Play: armTokens(fault.Fault{Name: "cut-short", Kind: fault.Truncate, First: often}),
		},
		{
			Name: OtherStatuses, Title: "invalid_client comes with status 400, then 401; then an error code that nobody knows.", Want: Fail,
			Starts: []Start{
				{Before: armTokens(fault.Fault{Name: "status-400", Kind: fault.Refusal, Refusal: "client-secret-wrong", First: often})},
				{Before: armTokens(fault.Fault{
					Name: "status-401", Kind: fault.Refusal, Refusal: "client-secret-wrong", Status: http.StatusUnauthorized, First: often,
				})},
				{Before: inventedCode},
			},
		},
		{
			Name: APIShapes, Title: "Errors of the API come as array, object and text, with status 400 and 401.", Want: Fail,
			Starts: errorShapes(),
		},
	}
}

// inventedCode refuses with an error code that no version of Salesforce has.
func inventedCode(s *stage.Stage) {
	word := s.Word()
	armTokens(fault.Fault{
		Name: "invented-code", Kind: fault.Status, Status: http.StatusBadRequest, First: often,
		Body: `{"error":"` + word + `","error_description":"a refusal of another kind"}`,
	})(s)
}

// errorShapes are starts with one form of an error each. Of the two refusals one concerns
// the request, the other the session.
func errorShapes() []Start {
	var starts []Start
	for _, f := range []fault.Fault{
		{Name: "status-400", Kind: fault.Refusal, Refusal: "query-locator-invalid", First: often},
		{Name: "status-401", Kind: fault.Refusal, Refusal: "session-expired", First: often},
	} {
		for _, shape := range []fault.Shape{fault.Array, fault.Object, fault.Text} {
			f.Shape = shape
			starts = append(starts, Start{Before: armAPI(f)})
		}
	}
	return starts
}

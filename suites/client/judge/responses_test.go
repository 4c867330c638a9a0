package judge_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

func TestAFindingNamesTheMediaTypeThatStoppedTheClient(t *testing.T) {
	t.Parallel()
	typed := func(run int, mediaType string) evidence.Exchange {
		x := granted("t")
		x.Run, x.Response.Header = run, http.Header{"Content-Type": {mediaType}}
		return x
	}
	worked := apiCall("t", "GET /query?q=1", 200, "{}")
	worked.Run = 1
	e := line(typed(1, "application/json"), worked, typed(2, "Application/JSON"))
	e.Scenario = scenario.ContentTypes
	e.Runs[0].Exit, e.Runs[1].Exit = succeeded, failed
	for _, j := range judge.For("resp-content-type-params") {
		if got := j.Look(e); got.Outcome != verdict.Broken || !strings.Contains(got.Seen, `"Application/JSON"`) {
			t.Errorf("%v: %s", got.Outcome, got.Seen)
		}
	}
}

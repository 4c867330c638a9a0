package rest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

func TestWhatTheFakeLacksIsToldFromWhatNobodyHas(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	const data, apex = "/services/data/v67.0/", "/services/apexrest/"
	for path, want := range map[string]fixtures.RefusalID{
		data + "composite":                              "rest-resource-not-served",
		data + "composite/tree/Account/":                "rest-resource-not-served",
		data + "jobs/ingest/750000000000001AAA":         "rest-not-found",
		data + "jobs/ingest":                            "rest-resource-not-served",
		data + "sobjects/Contact/describe/layouts":      "rest-resource-not-served",
		data + "sobjects/Contact/deleted?start=x":       "rest-resource-not-served",
		data + "tooling/sobjects/SourceMember/describe": "rest-not-found",
		data + "sobjects/Nothing__c/describe/layouts":   "rest-not-found",
		data + "sobjects/Nothing__c/rowTemplate/x/y":    "rest-not-found",
		data + "nothing/at/all":                         "rest-not-found",
		"/services/data/v99.0/composite":                "rest-not-found",
		"/services/data/v30.0/composite":                "api-version-retired",
		apex + "Widgets":                                "apex-rest-no-match",
		apex + "ns/Widgets/1/parts":                     "apex-rest-no-match",
	} {
		for _, method := range []string{"GET", "POST"} {
			if method == "POST" && strings.Contains(path, "/sobjects/") {
				continue
			}
			refused(t, x.do(t, call{method: method, path: path}), want)
		}
		refused(t, x.do(t, call{path: path, after: 2 * timeout}), "session-expired")
	}
	a := x.get(t, data+"composite/batch/")
	if want := fixtures.MustRefusal("rest-resource-not-served").Answer.With("resource", "composite/batch"); string(a.Body) != string(want.Body()) {
		t.Errorf("it names the resource in %s", a.Body)
	}
	if a := x.do(t, call{path: data + "composite", authorization: "-", after: time.Second}); a.Status != 401 {
		t.Errorf("without a token: %d %s", a.Status, a.Body)
	}
}

package deploy_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// members are the components that the CLI sees changed: name, revision and whether it is gone.
func (x *org) members(t *testing.T, where string) string {
	t.Helper()
	q := url.QueryEscape("SELECT MemberType, MemberName, IsNameObsolete, RevisionCounter FROM SourceMember" + where)
	a := x.do(t, "GET", "/services/data/v66.0/tooling/query?q="+q, "", "")
	var page struct {
		TotalSize int
		Done      bool
		Records   []struct {
			MemberName      string
			RevisionCounter int
			IsNameObsolete  bool
		}
	}
	if err := json.Unmarshal(a.Body, &page); err != nil || a.Status != 200 || !page.Done || page.TotalSize != len(page.Records) {
		t.Fatalf("%d %s: %v", a.Status, a.Body, err)
	}
	var all []string
	for _, m := range page.Records {
		all = append(all, fmt.Sprintf("%s %d %t", m.MemberName, m.RevisionCounter, m.IsNameObsolete))
	}
	return strings.Join(all, ", ")
}

func TestAScratchOrgTracksWhatDeploysChange(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("kind", "scratch"))
	if none := x.members(t, ""); none != "" {
		t.Errorf("before any deploy: %s", none)
	}
	files := project("Nightly")
	succeeded(t, x.deploy(t, files, "<checkOnly>true</checkOnly>"))
	succeeded(t, x.deploy(t, files))
	if all := x.members(t, " WHERE RevisionCounter > 0"); all != "Nightly 1 false, Nightly_glbl 2 false, Nightly_oauthPlcy 3 false, Nightly_oauth 4 false" {
		t.Errorf("the first deploy: %s", all)
	}
	files[policyFile] = strings.Replace(files[policyFile], "</isClient", "<!-- --></isClient", 1)
	succeeded(t, x.deploy(t, files))
	if changed := x.members(t, " WHERE RevisionCounter > 4"); changed != "Nightly_oauthPlcy 5 false" {
		t.Errorf("the second: %s", changed)
	}
	succeeded(t, x.deploy(t, map[string]string{"package.xml": manifest(), "destructiveChanges.xml": manifest("ExternalClientApplication", "Nightly")}))
	if gone := x.members(t, " WHERE RevisionCounter > 5"); gone != "Nightly 6 true" {
		t.Errorf("the third: %s", gone)
	}
	if older := x.members(t, " WHERE RevisionCounter <= 2"); older != "Nightly_glbl 2 false" {
		t.Errorf("up to the second revision: %s", older)
	}
}

func TestTheToolingAPIKnowsNothingElse(t *testing.T) {
	t.Parallel()
	for kind, query := range map[string]string{
		"production": "SELECT MemberName FROM SourceMember", "sandbox": "SELECT MemberName FROM SourceMember WHERE RevisionCounter > 0",
		"scratch": "SELECT Id FROM ApexClass", "developer": "nothing",
	} {
		x := newOrg(t, fixtures.Set("kind", kind))
		if a := x.do(t, "GET", "/services/data/v66.0/tooling/query?q="+url.QueryEscape(query), "", ""); a.Status != 404 {
			t.Errorf("%s: %d %s", query, a.Status, a.Body)
		}
	}
	x := newOrg(t, fixtures.Set("kind", "scratch"))
	for _, where := range []string{" WHERE MemberName = 'a'", " WHERE RevisionCounter = 1", " WHERE RevisionCounter > 1 AND RevisionCounter <= 2", " WHERE RevisionCounter > null"} {
		if a := x.do(t, "GET", "/services/data/v66.0/tooling/query?q="+url.QueryEscape("SELECT MemberName FROM SourceMember"+where), "", ""); a.Status != 404 {
			t.Errorf("%s: %d %s", where, a.Status, a.Body)
		}
	}
}

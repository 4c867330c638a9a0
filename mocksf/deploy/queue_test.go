package deploy_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/deploy"
)

// slow is an org in which a deploy takes four minutes: one it waits, three it works.
func slow(t *testing.T) *org {
	t.Helper()
	return newOrg(t, fixtures.Set("settings/deployDuration", "4m"))
}

// ask asks for a deploy and says its id.
func (x *org) ask(tb testing.TB, files map[string]string, options ...string) string {
	tb.Helper()
	a := x.call(tb, "deploy", "<ZipFile>"+base64.StdEncoding.EncodeToString(packed(tb, files))+"</ZipFile><DeployOptions>"+defaults+strings.Join(options, "")+"</DeployOptions>")
	return result[struct {
		ID string `xml:"id"`
	}](tb, a).ID
}

// at is how the deploy stands a time after the start: status, components that are done and all.
func (x *org) at(tb testing.TB, after time.Duration, id string) string {
	tb.Helper()
	x.now = start.Add(after)
	r := x.status(tb, id)
	return fmt.Sprintf("%s %d/%d", r.Status, r.ComponentsDeployed, r.ComponentsTotal)
}

func TestADeployWaitsThenWorksThenChangesTheOrg(t *testing.T) {
	t.Parallel()
	x := slow(t)
	id := x.ask(t, project("Nightly"))
	for _, step := range []struct {
		after   time.Duration
		stands  string
		changed bool
	}{
		{0, "Pending 0/0", false},
		{59 * time.Second, "Pending 0/0", false},
		{time.Minute, "InProgress 0/4", false},
		{3 * time.Minute, "InProgress 2/4", false},
		{4*time.Minute - 1, "InProgress 3/4", false},
		{4 * time.Minute, "Succeeded 4/4", true},
	} {
		if stands := x.at(t, step.after, id); stands != step.stands || len(x.changed) > 0 != step.changed {
			t.Errorf("after %s: %s, changes %v", step.after, stands, x.changed)
		}
	}
	r := x.status(t, id)
	if r.CreatedDate != "2026-09-01T12:00:00.000Z" || r.StartDate != "2026-09-01T12:01:00.000Z" || r.CompletedDate != "2026-09-01T12:04:00.000Z" {
		t.Errorf("asked at %s, begun at %s, done at %s", r.CreatedDate, r.StartDate, r.CompletedDate)
	}
}

func TestADeployIsDoneAtItsEndHoweverLateSomebodyLooks(t *testing.T) {
	t.Parallel()
	x := slow(t)
	x.ask(t, project("Nightly"))
	x.now = start.Add(time.Hour)
	x.service.CatchUp(x.now)
	if !x.changedAt.Equal(start.Add(4 * time.Minute)) {
		t.Errorf("changed at %s", x.changedAt)
	}
}

func TestASecondDeployWaitsForTheFirst(t *testing.T) {
	t.Parallel()
	x := slow(t)
	first, second := x.ask(t, project("Nightly")), x.ask(t, project("Daily"))
	for _, step := range []struct {
		after         time.Duration
		first, second string
	}{
		{2 * time.Minute, "InProgress 1/4", "Pending 0/0"},
		{4 * time.Minute, "Succeeded 4/4", "InProgress 0/4"},
		{7 * time.Minute, "Succeeded 4/4", "Succeeded 4/4"},
	} {
		if a, b := x.at(t, step.after, first), x.at(t, step.after, second); a != step.first || b != step.second {
			t.Errorf("after %s: %s and %s", step.after, a, b)
		}
	}
}

// Each deploy is judged by the org as the one before leaves it.
func TestADeployInTheQueueMeetsWhatTheOneBeforeChanged(t *testing.T) {
	t.Parallel()
	x := slow(t)
	x.ask(t, project("Nightly"))
	policies := project("Nightly")
	for name := range policies {
		if name != policyFile && name != "package.xml" {
			delete(policies, name)
		}
	}
	policies["package.xml"] = manifest("ExtlClntAppOauthConfigurablePolicies", "*")
	second := x.ask(t, policies)
	if stands := x.at(t, 7*time.Minute, second); stands != "Succeeded 1/1" {
		t.Errorf("the policies of the app before: %s", stands)
	}
}

func TestACanceledDeployChangesNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name           string
		canceled, then time.Duration
		// soon and late are the states right after the call and then.
		done       string
		soon, late string
	}{
		{"while it waits", 30 * time.Second, 30 * time.Second, "<done>true</done>", "Canceled 0/0", "Canceled 0/0"},
		{"while it works", 2 * time.Minute, 3 * time.Minute, "<done>false</done>", "Canceling 1/4", "Canceled 0/4"},
		{"shortly before its end", 4*time.Minute - time.Second, 4 * time.Minute, "<done>false</done>", "Canceling 3/4", "Canceled 0/4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := slow(t)
			id := x.ask(t, project("Nightly"))
			x.now = start.Add(c.canceled)
			if a := x.call(t, "cancelDeploy", "<String>"+id+"</String>"); !strings.Contains(string(a.Body), c.done) {
				t.Errorf("%s", a.Body)
			}
			if soon, late := x.at(t, c.canceled, id), x.at(t, c.then, id); soon != c.soon || late != c.late {
				t.Errorf("%s, then %s", soon, late)
			}
			x.now = start.Add(time.Hour)
			if r := x.status(t, id); !r.Done || r.Success || r.CanceledByName != "Acme Integration" || len(x.changed) > 0 {
				t.Errorf("%+v, changes %v", r, x.changed)
			}
			if a := x.call(t, "cancelDeploy", "<String>"+id+"</String>"); a.Note.Refusal != "soap-deploy-completed" {
				t.Errorf("canceled again: %s", a.Body)
			}
		})
	}
}

func TestTheQueueMovesUpWhenADeployIsCanceled(t *testing.T) {
	t.Parallel()
	x := slow(t)
	first, second := x.ask(t, project("Nightly")), x.ask(t, project("Daily"))
	x.now = start.Add(2 * time.Minute)
	x.call(t, "cancelDeploy", "<String>"+first+"</String>")
	if a, b := x.at(t, 4*time.Minute, first), x.at(t, 4*time.Minute, second); a != "Canceled 0/4" || b != "InProgress 1/4" {
		t.Errorf("%s and %s", a, b)
	}
	if stands := x.at(t, 6*time.Minute, second); stands != "Succeeded 4/4" || x.Config().Apps["Daily"].Label == "" {
		t.Errorf("the second: %s", stands)
	}
}

func TestADeployIsCanceledOverREST(t *testing.T) {
	t.Parallel()
	x := slow(t)
	id := x.ask(t, project("Nightly"))
	a := x.do(t, "PATCH", "/services/data/v66.0/metadata/deployRequest/"+id, "application/json", `{"deployResult":{"status":"Canceling"}}`)
	if a.Status != http.StatusAccepted || !strings.Contains(string(a.Body), `"status":"Canceled"`) {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestAValidationTakesItsTimeToo(t *testing.T) {
	t.Parallel()
	x := slow(t)
	id := x.ask(t, project("Nightly"), "<checkOnly>true</checkOnly>")
	if stands := x.at(t, 2*time.Minute, id); stands != "InProgress 1/4" {
		t.Error(stands)
	}
	if a := x.call(t, "deployRecentValidation", "<validationId>"+id+"</validationId>"); a.Note.Refusal == "" {
		t.Errorf("what is not validated yet is deployed: %s", a.Body)
	}
	if stands := x.at(t, 4*time.Minute, id); stands != "Succeeded 4/4" || len(x.changed) > 0 {
		t.Errorf("%s, changes %v", stands, x.changed)
	}
	quick := result[string](t, x.call(t, "deployRecentValidation", "<validationId>"+id+"</validationId>"))
	if stands := x.at(t, 8*time.Minute, quick); stands != "Succeeded 4/4" || len(x.changed) == 0 {
		t.Errorf("%s, changes %v", stands, x.changed)
	}
}

func TestTheQueueHasAnEnd(t *testing.T) {
	t.Parallel()
	x := slow(t)
	for range 25 {
		x.ask(t, project("Nightly"))
	}
	var r deploy.Result
	if r = x.status(t, x.ask(t, project("Nightly"))); r.Status != "Failed" || !strings.Contains(r.ErrorMessage, "deployDuration") {
		t.Errorf("%s %q", r.Status, r.ErrorMessage)
	}
}

func TestWithoutThePermissionNothingOfTheMetadataAPIIsAllowed(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("users/"+runAs+"/modifyMetadata", false))
	if a := x.call(t, "listMetadata", "<queries><type>ExternalClientApplication</type></queries>"); a.Note.Refusal != "soap-metadata-access-denied" {
		t.Errorf("%s", a.Body)
	}
	if a := x.do(t, "POST", "/services/data/v66.0/metadata/deployRequest", "application/json", "{}"); a.Note.Refusal != "rest-metadata-access-denied" {
		t.Errorf("%s", a.Body)
	}
}

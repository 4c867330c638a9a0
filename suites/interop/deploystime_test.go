package interop_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// takes lets deploys take a time by the org's clock.
func (s *sfCLI) takes(t *testing.T, duration string) {
	t.Helper()
	s.fake.control(t, "/changes", `{"changes":[{"path":"settings/deployDuration","value":"`+duration+`"}]}`)
}

// status is how the CLI reports a deploy.
func (s *sfCLI) status(t *testing.T, id string) string {
	t.Helper()
	return s.sf(t, "project", "deploy", "report", "--job-id", id).Result.Status
}

// ask asks for a deploy without waiting for it.
func (s *sfCLI) ask(t *testing.T) string {
	t.Helper()
	r := s.sf(t, "project", "deploy", "start", "--manifest", "package.xml", "--async")
	if r.Result.ID == "" {
		t.Fatalf("%d %s", r.Status, r.Message)
	}
	return r.Result.ID
}

func TestTheCLICancelsADeployAndFollowsTheNextToItsEnd(t *testing.T) {
	t.Parallel()
	requireInstalled(t)
	try(t, sfRow("canceled, then followed"), func(t *testing.T) string {
		t.Helper()
		s := machine(t)
		s.takes(t, "8m")
		first, second := s.ask(t), s.ask(t)
		var seen []string
		s.fake.control(t, "/clock", `{"advance":"4m"}`)
		seen = append(seen, s.status(t, first), s.status(t, second))
		if r := s.sf(t, "project", "deploy", "cancel", "--job-id", first, "--async"); r.Status != 0 {
			t.Errorf("not canceled: %s", r.Message)
		}
		seen = append(seen, s.status(t, first))
		s.fake.control(t, "/clock", `{"advance":"3m"}`)
		seen = append(seen, s.status(t, first), s.status(t, second))
		if strings.Contains(string(s.fake.read(t, "/org")), "Machine") {
			t.Error("a deploy that was canceled changed the org")
		}
		s.fake.control(t, "/clock", `{"settle":true}`)
		if r := s.sf(t, "project", "deploy", "resume", "--job-id", second); r.Status != 0 {
			t.Errorf("%s %s", r.Message, r.failed())
		}
		s.pair(t, "Machine")
		said := strings.Join(seen, ", ")
		if said != "InProgress, Pending, Canceling, Canceled, InProgress" {
			t.Errorf("the states were %s", said)
		}
		return said + ", Succeeded"
	})
}

func TestTheCLIIsToldThatTheUserMayNotDeploy(t *testing.T) {
	t.Parallel()
	requireInstalled(t)
	try(t, sfRow("a user without Modify Metadata"), func(t *testing.T) string {
		t.Helper()
		s := machine(t)
		s.fake.control(t, "/changes", `{"changes":[{"path":"users/`+s.value("SF_USERNAME")+`/modifyMetadata","value":false}]}`)
		r := s.deploy(t)
		if want := fixtures.MustRefusal("soap-metadata-access-denied").Answer; r.Status == 0 || !strings.Contains(r.Message, want.Description) {
			t.Errorf("%d %q, want %q", r.Status, r.Message, want.Description)
		}
		return r.Message
	})
}

// A component that fails does so once, also where the CLI goes on without it.
func TestTheCLIDeploysWhatIsRightAndTellsOfTheRest(t *testing.T) {
	t.Parallel()
	requireInstalled(t)
	try(t, sfRow("--ignore-errors, and an Apex class"), func(t *testing.T) string {
		t.Helper()
		s := machine(t)
		s.rewrite(t, "force-app/Machine_oauthPlcy.ecaOauthPlcy-meta.xml", "AdminApprovedPreAuthorized", "AdminApproved")
		s.write(t, "force-app/classes/A.cls", "public class A {}")
		s.write(t, "force-app/classes/A.cls-meta.xml", `<ApexClass xmlns="`+fixtures.MetadataNamespace+`"><apiVersion>66.0</apiVersion></ApexClass>`)
		r := s.sf(t, "project", "deploy", "start", "--source-dir", "force-app", "--ignore-errors")
		want := fixtures.Answer{Description: fixtures.MustDeployError("enum-value-invalid").Text}.With("value", "AdminApproved", "enum", "PermittedUsersPolicyType").Description
		if r.Result.Status != "SucceededPartial" || strings.Count(r.failed(), "; ") > 0 || !strings.Contains(r.failed(), want) {
			t.Errorf("%s: %s", r.Result.Status, r.failed())
		}
		var states []string
		for _, f := range r.Result.Files {
			if f.Type == "ApexClass" {
				states = append(states, f.State)
			}
		}
		if strings.Join(states, " ") != "Unchanged Unchanged" {
			t.Errorf("the class, which the fake passes over, is said to be %v", states)
		}
		s.pair(t, "Machine")
		return r.Result.Status + ": " + r.failed()
	})
}

// write adds a file to the project.
func (s *sfCLI) write(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(s.dir, name)
	err := os.MkdirAll(filepath.Dir(file), 0o700)
	if err == nil {
		err = os.WriteFile(file, []byte(text), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// In a scratch org the CLI insists on source tracking.
func TestTheCLITracksSourceInAScratchOrg(t *testing.T) {
	t.Parallel()
	requireInstalled(t)
	try(t, sfRow("source tracking in a scratch org"), func(t *testing.T) string {
		t.Helper()
		s := machine(t, "--org", "../../fixtures/orgs/scratch.yaml")
		if r := s.sf(t, "project", "deploy", "start"); r.Status != 0 || len(r.Result.Files) != 4 {
			t.Fatalf("%d files: %s %s", len(r.Result.Files), r.Message, r.failed())
		}
		if r := s.sf(t, "project", "deploy", "start"); r.Status != 0 || len(r.Result.Files) != 0 {
			t.Errorf("what is deployed is deployed again: %d files, %s", len(r.Result.Files), r.Message)
		}
		s.rewrite(t, "force-app/Machine.eca-meta.xml", "<label>Machine", "<label>Engine")
		r := s.sf(t, "project", "deploy", "start")
		if r.Status != 0 || len(r.Result.Files) != 1 {
			t.Errorf("%d files after one was edited: %s", len(r.Result.Files), r.Message)
		}
		return "deployed 4 files, none, 1 that was edited"
	})
}

package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

// wireText is what the refusal looks like to a customer.
func wireText(id fixtures.RefusalID) string { return string(fixtures.MustRefusal(id).Answer.Body()) }

// answerTo runs the command on a text of the standard input and reads its JSON.
func answerTo(t *testing.T, stdin string, args ...string) explain.Answer {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), append([]string{"explain", "--json"}, args...), world{
		env: func(string) string { return "" }, readFile: os.ReadFile, now: today,
		stdin: strings.NewReader(stdin), stdout: &stdout, stderr: &stderr,
	})
	var a explain.Answer
	if err := json.Unmarshal(stdout.Bytes(), &a); code != exitConforms || err != nil || len(a.Causes) == 0 {
		t.Fatalf("exit %d, %v\n%s%s", code, err, stdout.String(), stderr.String())
	}
	return a
}

func TestExplainTakesItsTextFromArgumentFileOrStandardInput(t *testing.T) {
	t.Parallel()
	text := wireText("run-as-missing")
	file := filepath.Join(t.TempDir(), "crash.log")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]explain.Answer{
		"argument": answerTo(t, "", text), "file": answerTo(t, "", "--file", file),
		"dash": answerTo(t, text, "-"), "standard input": answerTo(t, text),
	} {
		if got := a.Causes[0].ID; got != "run-as-user-missing" {
			t.Errorf("%s: explained as %s", name, got)
		}
	}
}

func TestExplainPrintsTheFieldsThatOthersRead(t *testing.T) {
	t.Parallel()
	out := execute(t, nil, "explain", "--json", wireText("run-as-missing"))
	for _, want := range []string{`"causes": [`, `"id": "run-as-user-missing"`, `"confidence": 0.`, `"evidence": [`, `"fix": "`, `"wait": "`, `"tell_apart": "`} {
		if !strings.Contains(out.stdout, want) {
			t.Errorf("no %s in\n%s", want, out.stdout)
		}
	}
}

func TestExplainTellsASupportEngineerWhatToDo(t *testing.T) {
	t.Parallel()
	out := execute(t, nil, "explain", wireText("run-as-missing"))
	for _, want := range []string{"1. run-as-user-missing (", "evidence", "decides", "wait", "fix", "metadata  .ecaOauthPlcy: clientCredentialsFlowUser = ", "guide     jtel/", "next      sfconform reproduce "} {
		if !strings.Contains(out.stdout, want) {
			t.Errorf("no %q in\n%s", want, out.stdout)
		}
	}
	for line := range strings.SplitSeq(out.stdout, "\n") {
		if len(line) > columns+60 { // a word that is longer than the line stands alone
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
}

func TestExplainWithoutATextIsAMistakeOfUse(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"nothing": {}, "empty input": {"-"}, "no such file": {"--file", "nowhere.log"}, "both": {"--file", "x", "text"},
		"no such org": {"--org", "nowhere.yaml", "text"}, "control is no address": {"--control", "nowhere", "text"}, "flag with a typo": {"--jsn", "text"},
	} {
		if out := execute(t, nil, append([]string{"explain"}, args...)...); out.code != exitUsage || out.stderr == "" || out.stdout != "" {
			t.Errorf("%s: exit %d, %q, %q", name, out.code, out.stdout, out.stderr)
		}
	}
}

func TestExplainReadsAHugeInputInPart(t *testing.T) {
	t.Parallel()
	filler := strings.Repeat("2026-01-01 INFO all is quiet in the batch, nothing happens here\n", 60_000)
	a := answerTo(t, filler+wireText("org-inactive")+"\n")
	if a.Causes[0].ID != "org-expired-or-inactive" || len(a.Notes) == 0 {
		t.Errorf("explained as %s, notes %q", a.Causes[0].ID, a.Notes)
	}
}

func TestExplainComparesWithTheOrgFile(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile("../../fixtures/orgs/production.yaml")
	if err != nil {
		t.Fatal(err)
	}
	org := filepath.Join(t.TempDir(), "org.yaml")
	broken := strings.Replace(string(good), "      runAs: integration@acme.example\n", "", 1)
	if err := os.WriteFile(org, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	key := fixturesKey(t)
	text := wireText("client-credentials-policy-off")
	without, with := answerTo(t, text), answerTo(t, text, "--org", org, "--client-id", key)
	if with.Causes[0].ID != "run-as-user-missing" || with.Causes[0].Confidence <= without.Causes[0].Confidence {
		t.Errorf("with the org %s %.2f, without %.2f", with.Causes[0].ID, with.Causes[0].Confidence, without.Causes[0].Confidence)
	}
	if evidence := strings.Join(with.Causes[0].Evidence, "\n"); !strings.Contains(evidence, "no Run As user is set") {
		t.Errorf("the evidence is %s", evidence)
	}
	if bare := answerTo(t, "OAUTH ERROR", "--org", org, "--client-id", key); bare.Causes[0].ID != "run-as-user-missing" {
		t.Errorf("a bare error beside a broken org is explained as %s", bare.Causes[0].ID)
	}
	fine := answerTo(t, text, "--org", "../../fixtures/orgs/production.yaml", "--client-id", key)
	if fine.Causes[0].ID == "run-as-user-missing" && fine.Causes[0].Confidence >= without.Causes[0].Confidence {
		t.Errorf("an org in order does not speak against it: %.2f", fine.Causes[0].Confidence)
	}
}

func TestExplainComparesWithTheProject(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "project")
	if got := execute(t, nil, "export", "--org", "../../fixtures/orgs/production.yaml", "--out", dir); got.code != exitConforms {
		t.Fatalf("export: %s", got.stderr)
	}
	text := wireText("client-credentials-policy-off")
	fine := answerTo(t, text, "--project", dir)
	policies, err := filepath.Glob(filepath.Join(dir, "force-app/main/default/extlClntAppOauthPolicies/*"))
	if err != nil || len(policies) != 1 {
		t.Fatalf("%v, %v", policies, err)
	}
	data, err := os.ReadFile(policies[0])
	if err != nil {
		t.Fatal(err)
	}
	without := regexp.MustCompile(`(?m)^.*clientCredentialsFlowUser.*\n`).ReplaceAll(data, nil)
	if err := os.WriteFile(policies[0], without, 0o600); err != nil {
		t.Fatal(err)
	}
	broken := answerTo(t, text, "--project", dir)
	if first := broken.Causes[0]; first.ID != "run-as-user-missing" || !strings.Contains(strings.Join(first.Evidence, "\n"), "no Run As user is set") {
		t.Errorf("a project without a Run As user is explained as %s by %q", first.ID, first.Evidence)
	}
	if fine.Causes[0].ID == "run-as-user-missing" && fine.Causes[0].Confidence >= broken.Causes[0].Confidence {
		t.Errorf("a project in order does not speak against it: %.2f", fine.Causes[0].Confidence)
	}
	if got := execute(t, nil, "explain", "--project", t.TempDir(), text); got.code != exitUsage || !strings.Contains(got.stderr, "--project") {
		t.Errorf("an empty folder: code %d, %s", got.code, got.stderr)
	}
}

// fixturesKey is the Consumer Key of the built-in production org's first app.
func fixturesKey(t *testing.T) string {
	t.Helper()
	creds, err := builtInCredentials(fixtures.Setups[0])
	if err != nil {
		t.Fatal(err)
	}
	return creds.ClientID
}

func TestExplainIsExactBesideARunningFake(t *testing.T) {
	t.Parallel()
	target, at := controlled(t)
	resp, err := http.Post(target+"/services/oauth2/token", "application/json", strings.NewReader(`{"grant_type":"client_credentials"}`))
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if alone := answerTo(t, wireText("grant-type-missing")); alone.Causes[0].Confidence >= 0.9 {
		t.Fatalf("the text alone is explained as %s %.2f", alone.Causes[0].ID, alone.Causes[0].Confidence)
	}
	for _, text := range []string{"OAUTH ERROR", wireText("grant-type-missing")} {
		a := answerTo(t, text, "--control", at)
		if got := a.Causes[0]; got.ID != "client-bug-body-not-form-encoded" || got.Word != "certain" || !strings.Contains(strings.Join(got.Evidence, "\n"), "journal: the check ") {
			t.Errorf("%q beside the fake is %s (%s): %q", text, got.ID, got.Word, got.Evidence)
		}
	}
}

// controlled is a running fake and its control API.
func controlled(t *testing.T) (target, control string) {
	t.Helper()
	server, _ := standIn(t, nil)
	return server.URL(), server.ControlURL()
}

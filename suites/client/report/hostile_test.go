package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// orders are lines that a build server obeys when they stand in its log.
const orders = "::error file=a::b\n  ::set-output name=a::b\n##[error]c\n##vso[task.complete]d\nx ##teamcity[testFailed name='e']"

var obeyed = regexp.MustCompile(`(?m)^[ \t]*::|##\[|##vso\[|##teamcity\[`)

func TestNoBuildServerObeysWhatAClientPrinted(t *testing.T) {
	t.Parallel()
	r := filled(orders)
	r.Operator = []report.Reading{{Scenario: "a", Answered: "400", Client: orders, Ideal: orders}}
	for name, w := range map[string]write{
		"terminal": report.WriteTerminal, "JUnit": report.WriteJUnit, "Markdown": report.WriteMarkdown, "JSON": report.WriteJSON, "SARIF": report.WriteSARIF,
	} {
		out := string(written(t, w, r, report.Options{Verbose: true}))
		if name == "JSON" || name == "SARIF" || name == "JUnit" {
			// These are files, whose lines are not those of the text in them.
			out = regexp.MustCompile(`##`).ReplaceAllString(out, "")
		}
		if name == "Markdown" {
			// Outside of fences a "#" is followed by a character without width.
			out = strings.ReplaceAll(out, "#&#8203;", "")
		}
		if found := obeyed.FindString(out); found != "" {
			at := strings.Index(out, found)
			t.Errorf("%s: %q is obeyed", name, out[at:min(len(out), at+80)])
		}
	}
	var line bytes.Buffer
	if err := report.WriteTimeline(&line, &report.Scenario{Name: "a", Title: orders, Output: orders}, report.Options{}); err != nil {
		t.Fatal(err)
	}
	if found := obeyed.FindString(line.String()); found != "" {
		t.Errorf("%q is obeyed in a time line", found)
	}
}

func TestJSONSteersNoTerminalAndKeepsTheText(t *testing.T) {
	t.Parallel()
	const steering = "a\u009b31m\u202eb\U000e0041c\x7fd\nü"
	r := &report.Report{Run: report.Run{Client: steering, Set: fixtures.RequirementSet}}
	for name, w := range map[string]write{"JSON": report.WriteJSON, "SARIF": report.WriteSARIF} {
		out := written(t, w, r, report.Options{})
		if strings.ContainsAny(string(out), "\u009b\u202e\U000e0041\x7f\x1b") {
			t.Errorf("%s steers the terminal", name)
		}
		if !json.Valid(out) {
			t.Errorf("%s is no JSON", name)
		}
	}
	back, err := report.Read(bytes.NewReader(written(t, report.WriteJSON, sampleOf(steering), report.Options{})))
	if err != nil {
		t.Fatal(err)
	}
	if back.Run.Client != steering {
		t.Errorf("the text came back as %q", back.Run.Client)
	}
}

func sampleOf(client string) *report.Report {
	r := sample()
	r.Run.Client = client
	return r
}

func TestASecretInManyScenariosIsOnePlaceToMend(t *testing.T) {
	t.Parallel()
	r := sample()
	r.Secrets.Found = nil
	for _, scenario := range []string{"one", "two", "three", "four", "five"} {
		r.Secrets.Found = append(r.Secrets.Found,
			report.Leak{Scenario: scenario, Flow: fixtures.JWTBearer, Secret: "access token", Encoding: "raw", Place: "stderr", Line: 3},
			report.Leak{Scenario: scenario, Flow: fixtures.JWTBearer, Secret: "private key", Encoding: "raw", Place: "stdout", Line: len(scenario)},
		)
	}
	const token = "access token, raw, in stderr, line 3 (one, jwt-bearer; two, jwt-bearer; three, jwt-bearer; and 2 scenarios more)"
	const key = "private key, raw, in stdout (one, jwt-bearer;"
	for name, w := range map[string]write{"terminal": report.WriteTerminal, "HTML": report.WriteHTML} {
		out := strings.Join(strings.Fields(string(written(t, w, r, report.Options{Width: 200}))), " ")
		for _, want := range []string{token, key, "10 places found"} {
			if strings.Count(out, want) != 1 {
				t.Errorf("%s: %q is there %d times", name, want, strings.Count(out, want))
			}
		}
	}
}

func TestAParametersNameKeepsItsLetters(t *testing.T) {
	t.Parallel()
	r := &report.Report{Run: run(), Results: []report.Result{
		result("req-method-post", verdict.Fail, report.Finding{Scenario: "a", Seen: `client_id is sent as ""`}),
		result("req-accept-json", verdict.Fail, report.Finding{Scenario: "a", Seen: "the client stops"}),
	}}
	r.Decide(false, false)
	out := string(written(t, report.WriteTerminal, r, report.Options{}))
	for _, want := range []string{`. client_id is sent as ""`, ". The client stops."} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in:\n%s", want, out)
		}
	}
}

func TestJUnitTellsTheFindingInTheFailure(t *testing.T) {
	t.Parallel()
	var document struct {
		Suites []struct {
			Cases []struct {
				Name    string  `xml:"name,attr"`
				Failure *string `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(written(t, report.WriteJUnit, sample(), report.Options{}), &document); err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, s := range document.Suites {
		for _, c := range s.Cases {
			if c.Failure != nil {
				told[c.Name] = strings.Contains(*c.Failure, "Only this") || strings.Contains(*c.Failure, c.Name)
			}
		}
	}
	want := map[string]bool{
		"req-method-post":    false, // kept; its waiver is stale, which the message says
		"host-no-plain-http": true, "session-no-loop": true, "err-timeouts-finite": true, "secret-not-in-output": true,
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("the failures (-want +told):\n%s", diff)
	}
}

func TestWhatNothingWasSeenOfIsToldOnce(t *testing.T) {
	t.Parallel()
	r := sample()
	for _, id := range []fixtures.RequirementID{"resp-long-token", "jwt-alg-rs256"} {
		unseen := result(id, verdict.Inconclusive)
		unseen.Reason = "nothing was played that shows it"
		r.Results = append(r.Results, unseen)
	}
	r.Decide(false, false)
	for name, w := range map[string]write{"terminal": report.WriteTerminal, "Markdown": report.WriteMarkdown} {
		out := string(written(t, w, r, report.Options{}))
		if strings.Count(out, "nothing was played that shows it") != 1 || strings.Count(out, "jwt-alg-rs256") != 1 {
			t.Errorf("%s does not tell it once:\n%s", name, out)
		}
		if !strings.Contains(out, "the client ended before the slow answer began") || !strings.Contains(out, "INCONCLUSIVE") {
			t.Errorf("%s: what was looked for in vain is missing", name)
		}
	}
	if out := string(written(t, report.WriteJUnit, r, report.Options{})); !strings.Contains(out, `name="jwt-alg-rs256"`) {
		t.Error("JUnit leaves it out")
	}
}

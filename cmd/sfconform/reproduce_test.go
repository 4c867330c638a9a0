package main

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/reproduce"
)

func TestEveryCaseAndIncidentShowsItsErrorAndWorksAfterItsChange(t *testing.T) {
	t.Parallel()
	plans, err := reproduce.All()
	if err != nil {
		t.Fatal(err)
	}
	proofs, err := reproduce.Verify(t.Context(), fakeTarget(fixtures.Behaviour{Preset: fixtures.Observed}, ""), plans...)
	if err != nil {
		t.Fatal(err)
	}
	if len(proofs) != len(plans) {
		t.Fatalf("%d proofs of %d plans", len(proofs), len(plans))
	}
	for _, p := range proofs {
		if !p.OK() {
			t.Errorf("%s: shows %t, works %t after %q: %s", p.ID, p.Shows, p.Works, p.Cure.Text, p.Problem)
		}
	}
}

// Of the guides every omission is verified where the guides are; here it is what the
// command makes of one that is refused, one that is stopped and one that does no harm.
func TestReproduceVerifiesAndEndsInItsCodes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args, stdin string
		code        int
		out, err    string
	}{
		"a case":             {args: "client-credentials-no-run-as --verify", out: "client-credentials-no-run-as: reproduced"},
		"a case that works":  {args: "client-credentials-sandbox --verify --json", out: `"works": true`},
		"a guide's step":     {args: "jtel/scopes --verify", out: "jtel/scopes/left-out: reproduced"},
		"stopped by Setup":   {args: "service-board/api-name/with-spaces --verify", out: "reproduced"},
		"harmless":           {args: "service-board/pkce-cleared --verify", out: "reproduced"},
		"an incident":        {args: "flapping-app-not-found --verify --json", out: `"thread": "https://github.com/forcedotcom/cli/issues/3482"`},
		"pasted":             {args: "- --verify", stdin: `simple_salesforce: invalid_grant: no valid scopes defined`, out: "client-credentials-only-full-scope: reproduced"},
		"pasted, bare":       {args: "- --verify", stdin: "OAUTH ERROR", code: 2, err: "does not decide"},
		"pasted, empty":      {args: "-", code: 2, err: "the standard input is empty"},
		"no id":              {args: "", code: 2, err: "takes one id"},
		"a typo":             {args: "client-credentials-no-runas", code: 2, err: `did you mean "client-credentials-no-run-as"?`},
		"a guide's typo":     {args: "jtel/scopse", code: 2, err: `did you mean "scopes"?`},
		"a guide":            {args: "jtel", code: 2, err: "name one of its steps"},
		"a refusal":          {args: "client-secret-wrong", code: 2, err: "reproduce a case that shows it"},
		"a flag with a typo": {args: "a --verfy", code: 2, err: `did you mean "--verify"?`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			code := run(t.Context(), append([]string{"reproduce"}, strings.Fields(c.args)...), world{
				env: func(string) string { return "" }, now: today, stdin: strings.NewReader(c.stdin), stdout: &stdout, stderr: &stderr,
			})
			if code != c.code || !strings.Contains(stdout.String(), c.out) || !strings.Contains(stderr.String(), c.err) {
				t.Errorf("%s ends with %d:\n%s\n%s\nwant %d, %q and %q", c.args, code, stdout.String(), stderr.String(), c.code, c.out, c.err)
			}
		})
	}
}

func TestWhatReproducePrintsShowsTheErrorAndThenWorks(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"client-credentials-no-run-as", "session-revoked", "jwt-bearer-wrong-key", "propagation-ten-minutes", "jtel/wait/first-attempt", "jwt-bearer-metadata/certificate-field"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			plan, err := reproduce.Find(id)
			if err != nil {
				t.Fatal(err)
			}
			r, end, err := reproduceFlags{}.recipe(t.Context(), world{}, plan)
			if err != nil {
				t.Fatal(err)
			}
			defer end()
			first := fixtures.MustRefusal(plan.Refusals[0]).Answer
			if got := shell(t, r.Show); !first.Matches([]byte(got)) {
				t.Errorf("%s\nshows %s, want %s", r.Show, got, first.Body())
			}
			for _, c := range r.Change {
				shell(t, c)
			}
			if got := shell(t, r.Works); !strings.Contains(got, `"access_token":"`) {
				t.Errorf("after %q it gives %s", r.Cure.Text, got)
			}
		})
	}
}

func shell(t *testing.T, line string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "sh", "-c", line).Output()
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return string(out)
}

func TestReproduceServesUntilItIsEnded(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	out := &heard{said: "Ctrl-C ends it", then: stop}
	code := run(ctx, []string{"reproduce", "client-credentials-no-run-as"}, world{
		env: func(string) string { return "" }, now: today, stdin: strings.NewReader(""), stdout: out, stderr: out,
	})
	if code != 0 || !strings.Contains(out.text.String(), "export SF_LOGIN_URL=") {
		t.Errorf("it ends with %d:\n%s", code, out.text.String())
	}
}

// heard calls then once something was said.
type heard struct {
	text strings.Builder
	said string
	then func()
}

func (h *heard) Write(p []byte) (int, error) {
	n, err := h.text.Write(p)
	if strings.Contains(h.text.String(), h.said) {
		h.then()
	}
	return n, err
}

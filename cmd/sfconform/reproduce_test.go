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
		"a cause":            {args: "run-as-user-missing", code: 2, err: `is a cause: reproduce a case that shows it, "client-credentials-no-run-as" for example`},
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
	const token = `"access_token":"`
	for id, works := range map[string]string{
		"client-credentials-no-run-as": token, "session-revoked": `"totalSize":1`, "soap-without-api-scope": "<getUserInfoResponse>", "jwt-bearer-wrong-key": token,
		"propagation-ten-minutes": token, "propagation-new-key": token, "flapping-app-not-found": token,
		"jtel/wait/first-attempt": token, "jwt-bearer-metadata/certificate-field": token,
		"credentials-deleted": token,
		// Steps that save what was entered before them.
		"service-board/save-policies": token, "client-credentials-metadata/deploy": token,
		"client-credentials-metadata/manifest/policies-not-named": token,
		// The call that was refused, and not the login before it.
		"jtel/scopes/identity-instead": `"totalSize":1`, "jitterbit/soap-url": "<getUserInfoResponse>",
		"jitterbit/callback-url/of-another-provider": "<form",
		// No request was made before.
		"jtel/wait/left-out": token, "jitterbit/consumer-details": token, "service-board/api-name/with-spaces": token,
		"jitterbit/data-server": "<getUserInfoResponse>", "jitterbit/userinfo-endpoint": `"preferred_username"`,
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			plan, r := started(t, id)
			if r.Stopped == "" {
				showsOneOf(t, r.Show, plan.Showing())
			}
			for _, c := range r.Change {
				shell(t, c)
			}
			if got := shell(t, r.Works); !strings.Contains(got, works) {
				t.Errorf("after %q it gives %s", r.Cure.Text, got)
			}
		})
	}
}

// started is the recipe of a reproduction, whose fake runs until the test ends.
func started(t *testing.T, id string) (reproduce.Plan, recipe) {
	t.Helper()
	plan, err := reproduce.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	r, end, err := reproduceFlags{}.recipe(t.Context(), world{}, plan)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return plan, r
}

// showsOneOf fails the test unless one of the lines shows one of the refusals; while
// a change spreads, the other lines may be let in.
func showsOneOf(t *testing.T, lines string, refusals []fixtures.RefusalID) {
	t.Helper()
	var got string
	for line := range strings.SplitSeq(lines, "\n") {
		got = shell(t, line)
		for _, id := range refusals {
			if fixtures.MustRefusal(id).Answer.Matches([]byte(got)) {
				return
			}
		}
	}
	t.Errorf("%s\nshows %s, want one of %v", lines, got, refusals)
}

func TestTheVariablesAreThoseOfTheClientThatMeetsTheError(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"propagation-ten-minutes", "propagation-new-key", "client-credentials-no-run-as"} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			plan, r := started(t, id)
			line := `curl -s ` + r.Variables["SF_TOKEN_URL"] + ` -d grant_type=client_credentials -d client_id=` + r.Variables["SF_CLIENT_ID"] + ` -d client_secret=` + r.Variables["SF_CLIENT_SECRET"]
			showsOneOf(t, line, plan.Showing())
			for _, c := range r.Change {
				shell(t, c)
			}
			if got := shell(t, line); !strings.Contains(got, `"access_token":"`) {
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

func TestATextInPlaceOfAnIDIsAPastedError(t *testing.T) {
	t.Parallel()
	got := execute(t, nil, "reproduce", "invalid_grant: no valid scopes defined", "--verify")
	if got.code != exitConforms || !strings.Contains(got.stdout, "client-credentials-only-full-scope: reproduced") {
		t.Errorf("it ends with %d:\n%s\n%s", got.code, got.stdout, got.stderr)
	}
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

package interop_test

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// TestTheCurlLinesOfTheGuidesWorkAsTheyArePrinted pastes the line of the guide for JWT
// bearer with its two placeholders filled in, json_pp included, and authenticates as
// App Builder does.
func TestTheCurlLinesOfTheGuidesWorkAsTheyArePrinted(t *testing.T) {
	t.Parallel()
	g, err := fixtures.GuideByID("jwt-bearer-metadata")
	if err != nil {
		t.Fatal(err)
	}
	printed, err := g.Step("request")
	if err != nil {
		t.Fatal(err)
	}
	f := startFake(t, buildMocksf(t), "")
	for name, line := range map[string]string{
		"JWT bearer by metadata": strings.NewReplacer("<org URL>", f.vars["SF_LOGIN_URL"], "<JWT>", f.assertion(t)).Replace(printed.Text),
		"Basic, as Jitterbit":    `curl -X POST -u "$SF_CLIENT_ID:$SF_CLIENT_SECRET" "$SF_TOKEN_URL" -d grant_type=client_credentials`,
	} {
		t.Run(name, func(t *testing.T) {
			var answer struct {
				AccessToken string `json:"access_token"`
				TokenType   string `json:"token_type"`
			}
			out := f.shell(t, line)
			if err := json.Unmarshal([]byte(out), &answer); err != nil || answer.AccessToken == "" || answer.TokenType != "Bearer" {
				t.Errorf("the line gives no token (%v):\n%s", err, out)
			}
		})
	}
}

// assertion is a JWT made with openssl by the steps that the guide refers to.
func (f fake) assertion(t *testing.T) string {
	t.Helper()
	return strings.TrimSpace(f.shell(t, `
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
claims=$(printf '{"iss":"%s","sub":"%s","aud":"%s","exp":"%d"}' "$SF_CLIENT_ID" "$SF_USERNAME" "$SF_AUDIENCE" "$(($(date +%s) + 180))")
signed="$(printf '{"alg":"RS256"}' | base64url).$(printf %s "$claims" | base64url)"
printf '%s.%s' "$signed" "$(printf %s "$signed" | openssl dgst -sha256 -sign "$SF_PRIVATE_KEY_FILE" -binary | base64url)"`))
}

// shell runs a line in a shell that sourced what mocksf printed.
func (f fake) shell(t *testing.T, line string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "sh", "-c", line)
	cmd.Env = cmd.Environ()
	for name, value := range f.vars {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return string(out)
}

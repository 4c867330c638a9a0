package interop_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/oauth2"

	"github.com/sfconform/sfconform/fixtures"
)

const callbackURL = "http://localhost:1717/OauthRedirect"

// webApp is an x/oauth2 client of the fake's app, for the flow with a person in it.
func webApp(f fake) oauth2.Config {
	return oauth2.Config{
		ClientID: f.vars["SF_CLIENT_ID"], ClientSecret: f.vars["SF_CLIENT_SECRET"], RedirectURL: callbackURL, Scopes: []string{"api", "refresh_token"},
		Endpoint: oauth2.Endpoint{
			AuthURL: f.vars["SF_LOGIN_URL"] + "/services/oauth2/authorize", TokenURL: f.vars["SF_TOKEN_URL"], AuthStyle: oauth2.AuthStyleInHeader,
		},
	}
}

// authorized is the code with which the fake sends the person back.
func authorized(t *testing.T, address string) string {
	t.Helper()
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := browser.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	back, err := resp.Location()
	if err != nil {
		t.Fatalf("%s: no redirect: %v", resp.Status, err)
	}
	if back.Query().Get("state") != "state" || back.Query().Get("code") == "" {
		t.Fatalf("sent back with %v", keysOf(back.Query()))
	}
	return back.Query().Get("code")
}

func keysOf(v url.Values) []string {
	var names []string
	for name := range v {
		names = append(names, name)
	}
	return names
}

func TestAnOAuthLibraryLogsAPersonInByCodeAndRefreshes(t *testing.T) {
	t.Parallel()
	mocksf := buildMocksf(t)
	r := row{client: "golang.org/x/oauth2", way: "authorization code with PKCE, Basic", situation: "logs a person in, then refreshes"}
	try(t, r, func(t *testing.T) string {
		t.Helper()
		f := startFake(t, mocksf, "")
		f.control(t, "/changes", fmt.Sprintf(`{"changes":[{"path":"settings/approveByLoginHint","value":true},{"path":"apps/integration/settings/callbackUrls","value":[%q]}]}`, callbackURL))
		app, verifier := webApp(f), oauth2.GenerateVerifier()
		code := authorized(t, app.AuthCodeURL("state", oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("login_hint", f.vars["SF_USERNAME"])))
		first, err := app.Exchange(t.Context(), code, oauth2.VerifierOption(verifier))
		if err != nil || first.RefreshToken == "" {
			t.Fatalf("no token: %v", err)
		}
		if _, err := app.Exchange(t.Context(), code, oauth2.VerifierOption(verifier)); err == nil {
			t.Error("the code works twice")
		}
		second, err := app.TokenSource(t.Context(), &oauth2.Token{RefreshToken: first.RefreshToken}).Token()
		if err != nil || second.AccessToken == first.AccessToken {
			t.Fatalf("no second token: %v", err)
		}
		f.control(t, "/sessions/revoke", `{"all":true}`)
		_, err = app.TokenSource(t.Context(), &oauth2.Token{RefreshToken: first.RefreshToken}).Token()
		return showsWords(t, err, "refresh-token-invalid")
	})
}

// showsWords holds an error to the words of the refusal and returns it.
func showsWords(t *testing.T, err error, id fixtures.RefusalID) string {
	t.Helper()
	want := fixtures.MustRefusal(id).Answer
	if err == nil {
		t.Fatal("it was not refused")
	}
	if said := err.Error(); !strings.Contains(said, want.Error) || !strings.Contains(said, want.Description) {
		t.Errorf("it shows %q, want %q and %q", said, want.Error, want.Description)
	}
	return err.Error()
}

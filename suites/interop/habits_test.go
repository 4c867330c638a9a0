package interop_test

import (
	"errors"
	"fmt"
	"testing"

	"golang.org/x/oauth2"

	"github.com/sfconform/sfconform/fixtures"
)

const tokenPath = "/services/oauth2/token"

// What golang.org/x/oauth2 makes of refusals (facts: client-habits.md, "What
// clients do with errors"): a fake that hid these would flatter its users.

func TestGolangOAuth2ProbesBasicThenBodyAndPostsTwiceUnlessTheStyleIsSet(t *testing.T) {
	t.Parallel()
	mocksf := buildMocksf(t)
	want := fixtures.MustRefusal(refusalOf(t, "client-credentials-no-run-as")).Answer
	posts := map[oauth2.AuthStyle]int{oauth2.AuthStyleAutoDetect: 2, oauth2.AuthStyleInHeader: 1, oauth2.AuthStyleInParams: 1}
	for style, n := range posts {
		t.Run(fmt.Sprint("style ", style), func(t *testing.T) {
			t.Parallel()
			f := startFake(t, mocksf, "client-credentials-no-run-as")
			_, err := clientCredentials(f.vars, style).Token(t.Context())
			var refused *oauth2.RetrieveError
			if !errors.As(err, &refused) || refused.ErrorCode != want.Error || refused.ErrorDescription != want.Description {
				t.Errorf("the error is %v, want %s: %s", err, want.Error, want.Description)
			}
			if got := f.seen(t, tokenPath); got != n {
				t.Errorf("it posted %d times, want %d", got, n)
			}
		})
	}
}

func TestGolangOAuth2NeverLogsInAgainAfterA401(t *testing.T) {
	t.Parallel()
	f := startFake(t, buildMocksf(t), "")
	client := clientCredentials(f.vars, oauth2.AuthStyleInParams).Client(t.Context())
	if _, err := readUsername(t.Context(), client, f.vars); err != nil {
		t.Fatal(err)
	}
	f.control(t, "/sessions/revoke", `{"all":true}`)
	for range 2 {
		if _, err := readUsername(t.Context(), client, f.vars); err == nil {
			t.Error("it read with a revoked token")
		}
	}
	if n := f.seen(t, tokenPath); n != 1 {
		t.Errorf("it posted %d times", n)
	}
}

func TestGolangOAuth2LeavesTheCodeInTheBodyByJWTBearer(t *testing.T) {
	t.Parallel()
	f := startFake(t, buildMocksf(t), "jwt-bearer-wrong-key")
	config, err := jwtBearer(f.vars)
	if err != nil {
		t.Fatal(err)
	}
	_, err = config.TokenSource(t.Context()).Token()
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) {
		t.Fatalf("the error is %v", err)
	}
	want := fixtures.MustRefusal(refusalOf(t, "jwt-bearer-wrong-key")).Answer
	if refused.ErrorCode != "" || !want.Matches(refused.Body) {
		t.Errorf("code %q, body %s", refused.ErrorCode, refused.Body)
	}
}

func TestNodeClientsLogInAgainAfterA401(t *testing.T) {
	t.Parallel()
	requireInstalled(t)
	mocksf := buildMocksf(t)
	ways := map[string]way{
		"jsforce, told how": jsforce("renewing", fixtures.ClientCredentials, "renewing"),
		"@salesforce/core":  salesforceCore(),
	}
	for name, w := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := startFake(t, mocksf, "")
			read, err := w.login(t.Context(), f.vars)
			if err != nil {
				t.Fatal(err)
			}
			f.control(t, "/sessions/revoke", `{"all":true}`)
			if got, err := read(t.Context()); err != nil || got != f.vars["SF_USERNAME"] {
				t.Errorf("read %q, %v", got, err)
			}
			if n := f.seen(t, tokenPath); n != 2 {
				t.Errorf("it posted %d times", n)
			}
		})
	}
}

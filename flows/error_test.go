package flows_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/jarcoal/httpmock"

	"github.com/sfconform/sfconform/flows"
)

// TestHints has one row for each group of refusals that a real client meets; the words are those of the catalogue.
func TestHints(t *testing.T) {
	t.Parallel()
	tests := []struct{ flow, code, description, hint string }{
		{"cc", "invalid_grant", "request not supported on this domain", "<MyDomain>.my.salesforce.com"},
		{"cc", "invalid_grant", "no client credentials user enabled", "Run As"},
		{"cc", "invalid_grant", "client credentials flow not enabled", "tick Enable Client Credentials Flow"},
		{"cc", "invalid_client_id", "client identifier invalid", "ClientID is unknown on acme.my.salesforce.com"},
		{"cc", "invalid_client_id", "client identifier invalid", "2-10 minutes"},
		{"cc", "invalid_client", "invalid client credentials", "ClientSecret does not belong to ClientID"},
		{"jwt", "invalid_client", "invalid client credentials", "fingerprint"},
		{"cc", "app_not_found", "External client app is not installed in this org", "install the External Client App"},
		{"jwt", "app_not_found", "External client app is not installed in this org", "LoginURL and Audience"},
		{"cc", "oauth_flow_disabled", "The external client app or the OAuth plugin is disabled.", "OAuth plug-in"},
		{"jwt", "invalid_grant", "audience is invalid", "aud sent: https://acme.my.salesforce.com, host: acme.my.salesforce.com"},
		{"jwt", "invalid_grant", "invalid assertion", "Fingerprint of the key in use: sha256:"},
		{"jwt", "invalid_grant", "expired authorization code", "Clock of this host: 2026-01-02T03:04:0"},
		{"jwt", "invalid_grant", "user hasn't approved this consumer", "pre-authorize user integration@example.test"},
		{"jwt", "invalid_app_access", "user is not admin approved to access this app", "permission set"},
		{"cc", "invalid_app_access", "user is not admin approved to access this app", "the app's Run As user"},
		{"jwt", "invalid_grant", "ip restricted", "trusted ranges"},
		{"jwt", "invalid_grant", "inactive user", "activate it"},
		{"cc", "invalid_grant", "login rate exceeded", "wait an hour"},
		{"cc", "invalid_grant", "no valid scopes defined", "(api)"},
		{"cc", "invalid_request", "scope parameter not supported", "send no scope"},
		{"cc", "unsupported_grant_type", "grant type not supported", "could not read the grant"},
		{"cc", "invalid_grant", "authentication failure", "Login History"},
		{"cc", "brand_new_code", "heron-42", "does not know"},
	}
	for _, test := range tests {
		t.Run(test.flow+" "+test.description, func(t *testing.T) {
			t.Parallel()
			o := newOrg()
			o.onToken(always(400, refusal(test.code, test.description)))
			var flow flows.Flow = clientCredentials()
			if test.flow == "jwt" {
				flow = jwtBearer(t)
			}
			_, err := login(t, o, flow)
			refused := wantTokenError(t, err)
			if refused.Code != test.code || refused.Description != test.description || refused.Status != 400 {
				t.Errorf("the org's words are changed: %+v", refused)
			}
			if !strings.Contains(err.Error(), test.code+": "+test.description) {
				t.Errorf("error %q lacks the org's words", err)
			}
			if !strings.Contains(refused.Hint, test.hint) || strings.Contains(refused.Hint, "{") {
				t.Errorf("hint is %q, want %q", refused.Hint, test.hint)
			}
			if refused.Temporary() {
				t.Error("a refusal counts as temporary")
			}
		})
	}
}

func TestErrorNamesWhatWasAsked(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(func(int) *http.Response {
		response := answer(400, refusal("invalid_grant", "user hasn't approved this consumer"))
		response.Header.Set("X-Request-Id", "0123abcd")
		response.Header.Set("Date", "Fri, 02 Jan 2026 03:14:05 GMT")
		return response
	})
	_, err := login(t, o, jwtBearer(t))
	for _, words := range []string{"acme.my.salesforce.com", "flow jwt-bearer", "client_id 3MVG9c...rten", "user integration@example.test", "audience https://acme", "key sha256:", "request 0123abcd"} {
		if !strings.Contains(err.Error(), words) {
			t.Errorf("error %q lacks %q", err, words)
		}
	}
	if refused := wantTokenError(t, err); refused.ServerTime.IsZero() || strings.Contains(err.Error(), canaryID) {
		t.Errorf("server time %v, error %q", refused.ServerTime, err)
	}
}

func TestClockDifferenceIsShown(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(func(int) *http.Response {
		response := answer(400, refusal("invalid_grant", "expired authorization code"))
		response.Header.Set("Date", "Fri, 02 Jan 2026 03:14:05 GMT")
		return response
	})
	_, err := login(t, o, jwtBearer(t))
	refused := wantTokenError(t, err)
	if !strings.Contains(refused.Hint, "Date of Salesforce: 2026-01-02T03:14:05Z, a difference of -9m59s") {
		t.Errorf("hint is %q", refused.Hint)
	}
	if len(o.asked()) != 2 {
		t.Errorf("%d requests, want one repeat with a fresh assertion", len(o.asked()))
	}
}

func TestOutagesAreNotCalledWrongCredentials(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(func(int) *http.Response {
		response := httpmock.NewStringResponse(503, "<html><body>We are down for maintenance.</body></html>")
		response.Header.Set("Content-Type", "text/html")
		return response
	})
	_, err := login(t, o, clientCredentials())
	refused := wantTokenError(t, err)
	text := err.Error() + refused.Hint
	if !refused.Temporary() || strings.Contains(text, "invalid") || strings.Contains(text, "ecret") || strings.Contains(text, "<") {
		t.Errorf("text is %q", text)
	}
	if !strings.Contains(text, "503") || !strings.Contains(text, "not JSON") || !strings.Contains(text, "status.salesforce.com") {
		t.Errorf("text is %q", text)
	}
}

func TestOutageInTheWordsOfARefusalIsStillAnOutage(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(always(503, refusal("invalid_client", "x")))
	_, err := login(t, o, clientCredentials())
	if refused := wantTokenError(t, err); !refused.Temporary() || !strings.Contains(refused.Hint, "unavailable") || len(o.asked()) != 5 {
		t.Errorf("%d requests, hint %q", len(o.asked()), refused.Hint)
	}
}

func TestWrongClockIsNamedWhateverTheRefusalOfTheAssertion(t *testing.T) {
	t.Parallel()
	for date, named := range map[string]bool{"Fri, 02 Jan 2026 02:54:05 GMT": true, "Fri, 02 Jan 2026 03:04:35 GMT": false} {
		o := newOrg()
		o.onToken(func(int) *http.Response {
			response := answer(400, refusal("invalid_grant", "invalid assertion"))
			response.Header.Set("Date", date)
			return response
		})
		_, err := login(t, o, jwtBearer(t))
		if refused := wantTokenError(t, err); strings.Contains(refused.Hint, "Clock of this host") != named {
			t.Errorf("Date %s: hint %q", date, refused.Hint)
		}
	}
}

func TestNetworkFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name      string
		err       error
		words     string
		temporary bool
		requests  int
	}{
		{"reset", errors.New("read: connection reset by peer"), "connection failed", true, 5},
		{"short read", io.ErrUnexpectedEOF, "connection failed", true, 5},
		{"timeout", context.DeadlineExceeded, "no complete answer in time (30s)", true, 5},
		{"unknown host", &net.DNSError{Name: "acme.my.salesforce.com", IsNotFound: true}, "does not resolve", false, 1},
		{"resolver down", &net.DNSError{Name: "acme.my.salesforce.com", IsTemporary: true}, "connection failed", true, 5},
		{"unknown authority", &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{Cert: &x509.Certificate{}}}, "TLS failed", false, 1},
		{"old TLS", errors.New("tls: server selected unsupported protocol version 302"), "TLS failed", false, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOrg()
			o.RegisterResponder(http.MethodPost, tokenURL, httpmock.NewErrorResponder(test.err))
			_, err := login(t, o, clientCredentials())
			refused := wantTokenError(t, err)
			if !strings.Contains(err.Error(), test.words) || refused.Temporary() != test.temporary || !errors.Is(err, test.err) {
				t.Errorf("error %q, temporary %v", err, refused.Temporary())
			}
			if got := o.GetTotalCallCount(); got != test.requests {
				t.Errorf("%d requests, want %d", got, test.requests)
			}
			if !strings.Contains(refused.Hint, "LoginURL") {
				t.Errorf("hint is %q", refused.Hint)
			}
		})
	}
}

func TestErrorTextIsOneCleanLine(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(always(400, `{"error":"x","error_description":"a\u001b[31m\nb `+strings.Repeat("y", 5000)+`","error_uri":"https://help.example.test"}`))
	_, err := login(t, o, clientCredentials())
	if strings.ContainsAny(err.Error(), "\n\x1b") || len(err.Error()) > 1500 || !strings.Contains(err.Error(), "help.example.test") {
		t.Errorf("error is %.300q, %d bytes", err, len(err.Error()))
	}
}

// TestNothingPrintsASecret searches every way of printing every type for every secret, also when a host echoes it.
func TestNothingPrintsASecret(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(sequence(always(200, granted(canaryToken, instanceURL)), func(int) *http.Response {
		sent := o.asked()[len(o.asked())-1]
		return answer(400, refusal("invalid_grant", "you sent "+sent.form.Encode()+" "+sent.header.Get("Authorization")+" "+sent.form.Get("assertion")+sent.form.Get("client_secret")))
	}))
	secret, basic, bearer := clientCredentials(), clientCredentials(), jwtBearer(t)
	secret.AuthStyle = flows.AuthBody
	var printed []any
	for _, flow := range []flows.Flow{secret, bearer, basic} {
		source := newSource(t, flow, o.options())
		token, err := source.AccessToken(t.Context())
		printed = append(printed, flow, source, token, err, flows.NewClient(source), flows.NewTransport(source))
		if token != nil {
			printed = append(printed, *token)
			source.Invalidate(token.AccessToken)
			_, err = source.AccessToken(t.Context())
			printed = append(printed, err, source)
		}
	}
	printed = append(printed, &secret, &bearer, bearer.PrivateKey, flows.NewPool(o.options()))
	canaries := []string{canarySecret, canaryToken, "canary-secret", "canary_access_token"}
	for _, r := range o.asked() {
		if _, pair, isBasic := strings.Cut(r.header.Get("Authorization"), "Basic "); isBasic {
			canaries = append(canaries, pair)
		}
		if assertion := r.form.Get("assertion"); assertion != "" {
			canaries = append(canaries, assertion, strings.Split(assertion, ".")[2])
		}
	}
	for line := range strings.Lines(string(testdata(t, "test-key.pkcs8.pem"))) {
		if !strings.HasPrefix(line, "-----") {
			canaries = append(canaries, strings.TrimSpace(line))
		}
	}
	for _, value := range printed {
		for _, text := range everyPrintedForm(value) {
			for _, canary := range canaries {
				if strings.Contains(text, canary) {
					t.Errorf("%T shows %.30q...: %.300s", value, canary, text)
				}
			}
		}
	}
}

func everyPrintedForm(value any) []string {
	var forms []string
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		forms = append(forms, fmt.Sprintf(verb, value))
	}
	encoded, _ := json.Marshal(value)
	forms = append(forms, string(encoded), fmt.Sprintf("%+v", struct{ V any }{value}), fmt.Sprintf("%+v", []any{value}))
	var refused *flows.TokenError
	if err, isError := value.(error); isError && errors.As(err, &refused) {
		forms = append(forms, refused.Hint, fmt.Sprintf("%+v", *refused), fmt.Sprintf("%#v", *refused))
	}
	return forms
}

package endpoint

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
)

// tokenResponse is an access token response together with what it answers.
type tokenResponse struct {
	answer
	flow  fixtures.Flow
	want  fixtures.Want
	creds request.Credentials
	// secrets are those that the request was made with, the keys that its signature may have.
	secrets []string
}

// tokenRule is one thing that holds for every access token response; it is kept
// if both texts are equal. No text shows a token or a signature.
type tokenRule struct {
	what string
	see  func(tokenResponse) (expected, seen string)
}

// tokenRules are what all responses of both flows have in common (facts: rule 2, sections 2, 3 and 9).
var tokenRules = []tokenRule{
	{"fields", fieldOrder},
	{"access_token", tokenShape},
	{"issued_at", issuedAt},
	{"signature", signature},
	{"id", identity},
	{"instance_url", instanceURL},
	{"token_type", func(t tokenResponse) (string, string) { return "Bearer", t.text("token_type") }},
	{"Content-Type", func(t tokenResponse) (string, string) {
		return fixtures.Answer{Format: fixtures.FormatOAuth}.ContentType(), t.header.Get("Content-Type")
	}},
	{"Cache-Control", func(t tokenResponse) (string, string) { return noStore, storing(t.header) }},
}

func (a *attempt) judgeTokenResponse(where string, want fixtures.Want, wire request.Wire, got answer) {
	order, known := fieldOrders[a.c.Flow]
	if !known || len(order) == 0 {
		return
	}
	t := tokenResponse{answer: got, flow: a.c.Flow, want: want, creds: a.creds, secrets: secretsOf(wire, a.creds)}
	for _, rule := range tokenRules {
		expected, seen := rule.see(t)
		a.out.compare(where+rule.what, expected, seen)
	}
}

// secretsOf are the Consumer Secrets in the request; the client's own if there is none.
func secretsOf(wire request.Wire, c request.Credentials) []string {
	_, query, _ := strings.Cut(wire.URL, "?")
	var found []string
	for _, form := range []string{query, string(wire.Body)} {
		if values, err := url.ParseQuery(form); err == nil {
			found = append(found, values["client_secret"]...)
		}
	}
	if text, ok := strings.CutPrefix(wire.Header.Get("Authorization"), "Basic "); ok {
		pair, err := base64.StdEncoding.DecodeString(text)
		if _, secret, both := strings.Cut(string(pair), ":"); err == nil && both {
			found = append(found, secret)
		}
	}
	if len(found) == 0 {
		return []string{c.ClientSecret}
	}
	return found
}

// fieldOrders are the fields of the flows' responses in their order. There is
// never an expires_in or refresh_token, and no signature or issued_at for JWT bearer.
var fieldOrders = map[fixtures.Flow][]string{
	fixtures.ClientCredentials: {
		"access_token", "signature", "token_format", "scope", "instance_url", "id", "token_type", "issued_at",
	},
	fixtures.JWTBearer: {"access_token", "scope", "instance_url", "id", "token_type"},
}

// fieldOrder also allows the fields that the case itself speaks of, and
// api_instance_url for a token with the scope sfap_api.
func fieldOrder(t tokenResponse) (expected, seen string) {
	order := slices.DeleteFunc(slices.Clone(fieldOrders[t.flow]), func(name string) bool { return t.want.Fields[name] == absent })
	extra := func(name string) bool {
		_, spoken := t.want.Fields[name]
		platform := name == "api_instance_url" && slices.Contains(strings.Fields(t.text("scope")), "sfap_api")
		return !slices.Contains(order, name) && (spoken || platform)
	}
	return strings.Join(order, " "), strings.Join(slices.DeleteFunc(t.keys(), extra), " ")
}

// The shapes of access tokens: 15 characters of org id, "!" and 96 more, or a signed JWT.
var (
	opaqueToken = regexp.MustCompile(`^00D[0-9A-Za-z]{12}![0-9A-Za-z._]{96}$`)
	jwtToken    = regexp.MustCompile(`^eyJ[\w-]+\.[\w-]+\.[\w-]+$`)
)

func tokenShape(t tokenResponse) (expected, seen string) {
	token := t.text("access_token")
	opaque, signed := "15 characters of org id, ! and 96 more", "a signed JWT"
	switch {
	case opaqueToken.MatchString(token):
		seen = opaque
		if id := fixtures.ID15(t.creds.OrgID); id != "" && !strings.HasPrefix(token, id) {
			seen = "begins with the id of another org"
		}
	case jwtToken.MatchString(token):
		seen = signed
	default:
		head, tail, found := strings.Cut(token, "!")
		seen = lengths(head, tail, found)
	}
	// Which of the two it is, is the case's business.
	if seen == signed {
		return signed, seen
	}
	return opaque, seen
}

func issuedAt(t tokenResponse) (expected, seen string) {
	expected = "a string of epoch milliseconds"
	object, _ := t.decoded().(map[string]any)
	value, there := object["issued_at"]
	text, isText := value.(string)
	switch {
	case !slices.Contains(fieldOrders[t.flow], "issued_at") && !there:
		return "(absent)", "(absent)"
	case isText && regexp.MustCompile(`^\d{13}$`).MatchString(text):
		return expected, expected
	}
	return expected, shown(t.text("issued_at"), there)
}

// signature verifies with the Consumer Secret over id and issued_at (facts: section 4).
func signature(t tokenResponse) (expected, seen string) {
	given, there := t.field("signature")
	if !slices.Contains(fieldOrders[t.flow], "signature") && !there {
		return "(absent)", "(absent)"
	}
	raw, err := base64.StdEncoding.DecodeString(given)
	verifies := func(secret string) bool {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(t.text("id") + t.text("issued_at")))
		return hmac.Equal(raw, mac.Sum(nil))
	}
	switch {
	case !there:
		seen = "(absent)"
	case err == nil && slices.ContainsFunc(t.secrets, verifies):
		seen = "verifies"
	default:
		seen = "does not verify"
	}
	return "verifies", seen
}

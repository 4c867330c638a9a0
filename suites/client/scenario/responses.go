package scenario

import (
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios about token answers that judges ask for by name.
const (
	ExpiresIn        = "with-and-without-expires-in"
	ExpiresSoon      = "token-says-that-it-ends-soon"
	UnknownFields    = "token-answer-with-unknown-fields"
	OptionalMissing  = "token-answer-without-optional-fields"
	NeededMissing    = "token-answer-without-needed-fields"
	IssuedAt         = "token-answer-issued-at-any-time"
	ScopeWithoutAPI  = "token-without-the-api-scope"
	TokenTypes       = "token-type-in-any-case"
	TokenLengths     = "tokens-of-any-length"
	TokenForms       = "tokens-of-any-form"
	WrongSignature   = "token-answer-with-a-wrong-signature"
	NotJSON          = "token-answer-is-not-json"
	ErrorObject      = "token-answer-is-an-error-with-status-200"
	ContentTypes     = "content-type-in-any-form"
	Encodings        = "answers-in-any-encoding"
	EndlessAnswer    = "token-answer-of-fifty-megabytes"
	WrongSite        = "somebody-else-answers-the-login-host"
	sessionInSeconds = 2
)

// responses are the situations that differ in what the token endpoint answers with
// status 200.
func responses() []Scenario {
	return []Scenario{
		{
			Name: ExpiresIn, Title: "First the token answer says expires_in, then, as Salesforce does, it does not.", Want: Succeed,
			Starts: []Start{
				{Before: alterTokens("expires_in", func(_ *stage.Stage, a *stage.Answer) { a.Set("expires_in", 3600) })},
				{Before: alterTokens("no expires_in", func(_ *stage.Stage, a *stage.Answer) { a.Drop("expires_in") })},
			},
		},
		{
			Name: ExpiresSoon, Title: "The token answer says expires_in, and the session ends then, in the middle of a query.", Want: Succeed,
			Play: func(s *stage.Stage) {
				alterTokens("expires_in", func(_ *stage.Stage, a *stage.Answer) { a.Set("expires_in", sessionInSeconds) })(s)
				s.Before(stage.When{Kind: evidence.APICall}.Nth(2), func(*evidence.Exchange) {
					s.RevokeSessions()
					s.Mark(SessionsRevoked)
				})
			},
		},
		{
			Name: UnknownFields, Title: "The token answer holds fields that nobody knows, of every JSON type.", Want: Succeed,
			Play: alterTokens("unknown fields", func(_ *stage.Stage, a *stage.Answer) {
				a.Set("token_format", "opaque")
				a.Set("sfdc_community_url", nil)
				a.Set("x_new_object", map[string]any{"a": []any{1, "two", nil, true}})
				a.Set("x_new_number", 12.5)
				a.Set("x_new_list", []any{map[string]any{}, []any{}})
			}),
		},
		{
			Name: OptionalMissing, Title: "The token answer lacks one optional field after the other.", Want: Succeed,
			Starts: dropping("id", "signature", "issued_at", "scope"),
		},
		{
			Name: NeededMissing, Title: "The token answer lacks access_token, then instance_url.", Operation: Query, Want: Fail,
			Starts: dropping("access_token", "instance_url"),
		},
		{
			Name: IssuedAt, Title: "The token answer was issued long ago, then in the future, by its issued_at.", Want: Succeed,
			Starts: []Start{
				{Before: alterTokens("issued_at long ago", func(_ *stage.Stage, a *stage.Answer) { a.Set("issued_at", "946684800000") })},
				{Before: alterTokens("issued_at in the future", func(_ *stage.Stage, a *stage.Answer) { a.Set("issued_at", "4102444800000") })},
			},
		},
		{
			Name: ScopeWithoutAPI, Title: "The app lacks the scope api: the token is issued, and the API refuses it.", Want: Fail,
			Advice: "session-not-valid-for-api",
			World: func(o *stage.Options) {
				o.Org = []fixtures.Change{fixtures.Set("apps/${app}/settings/scopes", []any{"id"})}
			},
		},
		{
			Name: TokenTypes, Title: "token_type is written in small letters, then in capitals.", Want: Succeed,
			Starts: []Start{
				{Before: alterTokens("token_type bearer", func(_ *stage.Stage, a *stage.Answer) { a.Set("token_type", "bearer") })},
				{Before: alterTokens("token_type BEARER", func(_ *stage.Stage, a *stage.Answer) { a.Set("token_type", "BEARER") })},
			},
		},
		{
			Name: TokenLengths, Title: "Access tokens have 112, 600, 2,100 and 4,096 characters.", Want: Succeed,
			Starts: []Start{{Before: aliasOf(112)}, {Before: aliasOf(600)}, {Before: aliasOf(2100)}, {Before: aliasOf(4096)}},
		},
		{
			Name: TokenForms, Title: "The access token is in JWT format, then a text without any form.", Want: Succeed,
			Starts: []Start{
				{Before: func(s *stage.Stage) { s.Change(fixtures.Set("apps/${app}/settings/jwtAccessTokens", true)) }},
				{Before: alterTokens("shapeless token", func(s *stage.Stage, a *stage.Answer) { s.Alias(a, "t~"+s.Word()+"."+s.Word()) })},
			},
		},
		{
			Name: WrongSignature, Title: "The signature of the token answer was not made with the Consumer Secret.", Want: Either,
			Flows: []fixtures.Flow{fixtures.ClientCredentials}, Operation: Login,
			Play: alterTokens("wrong signature", func(_ *stage.Stage, a *stage.Answer) {
				a.Set("signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
			}),
		},
		{
			Name: NotJSON, Title: "The token endpoint answers 200 with a page, with nothing, with half an object, with a list.", Want: Fail,
			Starts: []Start{
				{Before: armTokens(fault.Fault{Name: "page", Kind: fault.HTML, First: 50})},
				{Before: armTokens(fault.Fault{Name: "nothing", Kind: fault.Empty, First: 50})},
				{Before: armTokens(fault.Fault{Name: "half-an-object", Kind: fault.Status, Status: 200, Body: `{"access_token":"00D`, First: 50})},
				{Before: armTokens(fault.Fault{Name: "a-list", Kind: fault.Status, Status: 200, Body: `["access_token"]`, First: 50})},
			},
		},
		{
			Name: ErrorObject, Title: "The token endpoint answers 200 with an error object.", Operation: Query, Want: Fail,
			Play: armTokens(fault.Fault{Name: "error-with-200", Kind: fault.Refusal, Refusal: "server-error", Status: 200, First: 50}),
		},
		{
			Name: ContentTypes, Title: "The Content-Type of the token answer is written in several ways.", Want: Succeed,
			Starts: contentTypes("application/json", "Application/JSON; charset=utf-8", "application/json;charset=UTF-8"),
		},
		{
			Name: Encodings, Title: "Answers are compressed, then chunked, then neither.", Want: Succeed,
			Starts: []Start{encodedBy(fault.Chunked), encodedBy(fault.Identity), gzipped()},
		},
		{
			Name: EndlessAnswer, Title: "The token answer has fifty megabytes.", Operation: Login, Want: Fail,
			Play: armTokens(fault.Fault{Name: "fifty-megabytes", Kind: fault.Large, Size: 50 << 20, First: 50}),
		},
		{
			Name: WrongSite, Title: "A captive portal or parked domain answers at the login host.", Operation: Login, Want: Fail,
			Play: func(s *stage.Stage) {
				s.Instead("captive portal", stage.When{Role: evidence.Token}, func(*evidence.Exchange) stage.Answer {
					return stage.Page(200, "<!DOCTYPE html><html><head><title>Guest network</title></head><body>Please accept our terms to go on.</body></html>")
				})
			},
		},
	}
}

// alterTokens alters every token answer from then on, in place of what a start
// before had altered.
func alterTokens(name string, do func(*stage.Stage, *stage.Answer)) func(*stage.Stage) {
	return func(s *stage.Stage) {
		s.Calm()
		s.Alter(name, stage.When{Kind: evidence.TokenRequest}, func(a *stage.Answer) {
			if a.Status == 200 {
				do(s, a)
			}
		})
	}
}

// armTokens arms a fault of the token endpoint in place of those of a start before.
func armTokens(f fault.Fault) func(*stage.Stage) {
	return func(s *stage.Stage) {
		s.Calm()
		armed := f
		armed.Match.Path = "/services/oauth2/token"
		s.Arm(armed)
	}
}

func dropping(fields ...string) []Start {
	var starts []Start
	for _, field := range fields {
		starts = append(starts, Start{Before: alterTokens("no "+field, func(_ *stage.Stage, a *stage.Answer) { a.Drop(field) })})
	}
	return starts
}

// aliasOf gives access tokens of a length, with every character that real ones have.
func aliasOf(length int) func(*stage.Stage) {
	return alterTokens("token of another length", func(s *stage.Stage, a *stage.Answer) {
		const filler = "Ab1_-.xY9"
		token := "00D" + s.Word() + "!"
		s.Alias(a, token+strings.Repeat(filler, length)[:length-len(token)])
	})
}

func contentTypes(values ...string) []Start {
	var starts []Start
	for i, value := range values {
		starts = append(starts, Start{Before: armTokens(fault.Fault{
			Name: "content-type-" + string(rune('a'+i)), Kind: fault.ContentType, ContentType: value, First: 50,
		})})
	}
	return starts
}

func encodedBy(e fault.Encoding) Start {
	return Start{Before: func(s *stage.Stage) {
		s.Calm()
		s.Arm(fault.Fault{Name: "sent-" + string(e), Kind: fault.Encode, Encoding: e, First: 50})
	}}
}

// gzipped is what the org does by itself for clients that offer it.
func gzipped() Start { return Start{Before: (*stage.Stage).Calm} }

package main

import (
	"context"
	"io"

	"github.com/sfconform/sfconform/flows"
)

// runLogin logs in and proves the token with one cheap call. Where the scopes rule that call out, the notice of the
// login has said so, and the call would only be refused.
func runLogin(ctx context.Context, s *session) error {
	version, err := s.apiVersion()
	if err != nil {
		return err
	}
	token, err := s.source.AccessToken(ctx)
	if err != nil {
		return err
	}
	calls := 0
	if token.HasScope("api") {
		if err := s.call(ctx, version); err != nil {
			return err
		}
		calls++
	}
	if err := s.print([]row{
		{"instance_url", token.InstanceURL},
		{"org_id", token.OrgID()},
		{"user_id", token.UserID()},
		{"username", s.username()},
		{"scope", token.Scope},
		{"signing_key", s.signingKey()},
		{"fingerprint", "sha256:" + token.Fingerprint()},
	}); err != nil {
		return err
	}
	s.noticeLimit()
	return s.check(tally{Calls: &calls})
}

// username is known beforehand in the JWT bearer flow only; the other has the app's Run As user.
func (s *session) username() string {
	if bearer, isJWT := s.flow.(flows.JWTBearer); isJWT {
		return bearer.Username
	}
	return ""
}

// signingKey is the fingerprint to compare with the certificate in the app; empty in the other flow.
func (s *session) signingKey() string {
	if bearer, isJWT := s.flow.(flows.JWTBearer); isJWT {
		return "sha256:" + bearer.PrivateKey.Fingerprint()
	}
	return ""
}

// noticeScopes says at once what would otherwise show as a puzzling refusal of the first API call.
func noticeScopes(stderr io.Writer, token *flows.Token) {
	if !token.HasScope("api") {
		say(stderr, "notice: the token's scopes (%s) lack api: the API will refuse it; add \"Manage user data via APIs (api)\" to the app", printable(token.Scope))
	}
}

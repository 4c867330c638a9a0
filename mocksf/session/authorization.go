package session

import (
	"strings"

	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// TokenOf is the access token of an Authorization header: the schemes Bearer and
// OAuth are taken (facts: client habits, authorization schemes). False if the
// header is of another scheme or is not one scheme and one token.
func TokenOf(header string) (token string, ok bool) {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") && !strings.EqualFold(scheme, "OAuth") {
		return "", false
	}
	token = strings.TrimSpace(token)
	return token, token != "" && !strings.ContainsAny(token, " \t,")
}

// AppOf is the app that the session was issued to; nil if the org has it no longer.
func AppOf(org *snapshot.Org, x Session) *snapshot.App {
	for name := range org.Apps {
		if AppHash(name) == x.App {
			return org.AppByName(name)
		}
	}
	return nil
}

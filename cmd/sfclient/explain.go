package main

import (
	"errors"
	"strings"

	"github.com/sfconform/sfconform/flows"
)

// explain prints what went wrong and what to do about it, in the names of this program's settings, and returns the
// exit code.
func (s *session) explain(err error) int {
	var usage usageError
	var unsupported unsupportedError
	var config *flows.ConfigError
	switch {
	case errors.As(err, &unsupported):
		say(s.err, "%v; supported are: %s", err, strings.Join(operationNames(), ", "))
		return exitUnsupported
	case errors.As(err, &usage):
		s.tell(usage.problem, usage.fix)
		return s.usageCode()
	case errors.As(err, &config):
		s.tell(fieldNames(config.Setting+" "+config.Problem), fieldNames(config.Fix))
		return s.usageCode()
	}
	s.tell(strings.ReplaceAll(err.Error(), "flows: ", ""), fieldNames(hintOf(err)))
	return exitFailed
}

func (s *session) usageCode() int {
	if s.checked {
		return exitFailed
	}
	return exitUsage
}

// hintOf prefers the login's hint: when a call failed because a login did, that is what has to be mended.
func hintOf(err error) string {
	var login *flows.TokenError
	var call *flows.APIError
	var otherOrg wrongOrgError
	switch {
	case errors.As(err, &otherOrg):
		return "LoginURL and ExpectedOrgID name different orgs: a sandbox and production may have been mixed up."
	case errors.As(err, &login):
		return login.Hint
	case errors.As(err, &call):
		return call.Hint
	}
	return ""
}

func (s *session) tell(problem, fix string) {
	rename := s.rename
	if rename == nil {
		rename = func(text string) string { return text }
	}
	say(s.err, "%s", s.about+rename(problem))
	if fix != "" {
		say(s.err, "fix: %s", s.about+rename(fix))
	}
}

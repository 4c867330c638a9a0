package flows

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// ConfigError says that a setting is missing, malformed or dangerous. It is returned before anything is sent.
type ConfigError struct {
	Setting string // name of the field, for example "ClientID"
	Problem string // what is wrong with it, without the value of a secret
	Fix     string // what to do
	Err     error  // cause, if there is one
}

// Error returns the setting, the problem and the fix in one line.
func (e *ConfigError) Error() string {
	text := "flows: " + e.Setting + " " + e.Problem
	if e.Fix != "" {
		text += ": " + e.Fix
	}
	return text
}

// Unwrap returns the cause.
func (e *ConfigError) Unwrap() error { return e.Err }

// placeholderWords are what templating, JavaScript and Python print for a value that is not there.
var placeholderWords = []string{"undefined", "null", "none", "nil", "nan", "[object object]"}

// placeholderShape matches a template variable that was never filled in.
var placeholderShape = regexp.MustCompile(`^(\$\{[^}]*\}|\$\([^)]*\)|\{\{.*\}\}|<[^>]*>|%[A-Za-z_][A-Za-z0-9_]*%|\$[A-Z_][A-Z0-9_]*)$`)

// cleanSetting trims what copying and mounted files add around a value, and refuses what cannot be one. The value
// itself is never part of the error, because it may be a secret.
func cleanSetting(setting, value, fix string) (string, error) {
	value = trimStray(value)
	switch {
	case value == "":
		return "", &ConfigError{Setting: setting, Problem: "is missing", Fix: fix}
	case isPlaceholder(value):
		return "", &ConfigError{Setting: setting, Problem: "is a placeholder, not a value", Fix: fix}
	case strings.ContainsFunc(value, unicode.IsControl):
		return "", &ConfigError{Setting: setting, Problem: "has a line break or control character inside", Fix: fix}
	}
	return value, nil
}

func trimStray(value string) string {
	return strings.TrimFunc(value, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' || r == 0
	})
}

func isPlaceholder(value string) bool {
	return slices.Contains(placeholderWords, strings.ToLower(value)) || placeholderShape.MatchString(value)
}

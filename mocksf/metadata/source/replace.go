package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// Unset is a text that a replacement leaves in place because its variable is not set,
// or its file is not there.
type Unset struct {
	Text string
	// Env is the variable, or empty, and File is the file.
	Env, File string
}

// String is what the text waits for, and what to do.
func (u Unset) String() string {
	if u.File != "" {
		return fmt.Sprintf("the file %q (%s, replaceWithFile), which is not in the project: put it there", u.File, ConfigFile)
	}
	return fmt.Sprintf("the variable %s (%s, replaceWithEnv), which is not set: set it", u.Env, ConfigFile)
}

// replacer makes the replacements of a project.
type replacer struct {
	read  func(path string) ([]byte, error)
	env   func(string) (string, bool)
	rules []Replacement
}

// apply makes the replacements in a file's text, as `sf project deploy` does while
// it zips. A variable that is not set, and a file that is not there, are errors of the
// CLI; here their texts stay and are returned, so that a linter works without the
// environment and the secrets of a deploy.
func (r replacer) apply(name string, data []byte) (out []byte, unset []Unset, err error) {
	out = data
	for i, rule := range r.rules {
		if !rule.covers(name) || !r.holds(rule) {
			continue
		}
		find, err := rule.pattern()
		if err != nil {
			return data, nil, fmt.Errorf("%s: replacements[%d]: %w", ConfigFile, i, err)
		}
		with, ok, err := r.with(rule)
		switch {
		case err != nil:
			return data, nil, fmt.Errorf("%s: replacements[%d]: %w", ConfigFile, i, err)
		case ok:
			out = replaceAll(find, out, []byte(with))
		default:
			for _, found := range find.FindAll(out, -1) {
				unset = append(unset, rule.unset(string(found)))
			}
		}
	}
	return out, slices.Compact(unset), nil
}

// covers compares file names by their ends and globs from anywhere, as the CLI does.
func (r Replacement) covers(name string) bool {
	if r.Filename != "" && strings.HasSuffix("/"+name, r.Filename) {
		return true
	}
	if r.Glob == "" {
		return false
	}
	for _, glob := range alternatives(r.Glob, 16) {
		if matchPath(append([]string{"**"}, steps(glob)...), steps(name)) {
			return true
		}
	}
	return false
}

// alternatives writes out the first pair of braces of a glob, and then those of the
// results, up to a number of levels.
func alternatives(glob string, levels int) []string {
	before, rest, open := strings.Cut(glob, "{")
	inside, after, closed := strings.Cut(rest, "}")
	if !open || !closed || levels == 0 {
		return []string{glob}
	}
	var all []string
	for choice := range strings.SplitSeq(inside, ",") {
		all = append(all, alternatives(before+choice+after, levels-1)...)
		if len(all) > 1000 {
			break
		}
	}
	return all
}

// holds says whether every condition is met; the value is compared as text.
func (r replacer) holds(rule Replacement) bool {
	for _, c := range rule.ReplaceWhenEnv {
		if got, ok := r.env(c.Env); !ok || got != fmt.Sprint(c.Value) {
			return false
		}
	}
	return true
}

func (r Replacement) pattern() (*regexp.Regexp, error) {
	if r.StringToReplace != nil {
		return regexp.Compile(regexp.QuoteMeta(*r.StringToReplace))
	}
	find, err := regexp.Compile(*r.RegexToReplace)
	if bad, ok := errors.AsType[*syntax.Error](err); ok && onlyJavaScript(bad) {
		return nil, &UnsupportedError{Pattern: *r.RegexToReplace, Reason: bad.Error()}
	}
	if err != nil {
		return nil, fmt.Errorf("regexToReplace: %w", err)
	}
	return find, nil
}

// onlyJavaScript says whether what Go does not know is a look ahead or back, or a
// reference to a group.
func onlyJavaScript(bad *syntax.Error) bool {
	return bad.Code == syntax.ErrInvalidPerlOp || bad.Code == syntax.ErrInvalidEscape ||
		strings.HasPrefix(bad.Expr, "(?<=") || strings.HasPrefix(bad.Expr, "(?<!")
}

// UnsupportedError is a regular expression that JavaScript may know and Go does not,
// by a look ahead or back or a reference to a group: Salesforce's CLI may make the
// replacement, which is not made here.
type UnsupportedError struct{ Pattern, Reason string }

// Error names the expression.
func (e *UnsupportedError) Error() string {
	return fmt.Sprintf("regexToReplace %q is not supported here, and its text stays (%s)", e.Pattern, e.Reason)
}

// unset is the text that waits for what the rule takes its replacement from.
func (r Replacement) unset(text string) Unset {
	if r.ReplaceWithEnv != nil {
		return Unset{Text: text, Env: *r.ReplaceWithEnv}
	}
	return Unset{Text: text, File: *r.ReplaceWithFile}
}

// with is the text to put in; not ok means that the variable is not set or the file is not there.
func (r replacer) with(rule Replacement) (text string, ok bool, err error) {
	if rule.ReplaceWithEnv != nil {
		text, ok = r.env(*rule.ReplaceWithEnv)
		return text, ok || rule.AllowUnsetEnvVariable, nil
	}
	name := path.Clean(strings.ReplaceAll(*rule.ReplaceWithFile, `\`, "/"))
	// Salesforce's CLI reads one outside the project, where secrets may well lie.
	if !fs.ValidPath(name) {
		return "", false, nil
	}
	data, err := r.read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("replaceWithFile: %w", err)
	}
	if text = strings.TrimSpace(string(data)); text == "" {
		return "", false, fmt.Errorf("replaceWithFile: %q is empty", name)
	}
	return text, true, nil
}

package source

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Unset is a text that a replacement leaves in place because its variable is not set.
type Unset struct{ Text, Env string }

// replacer makes the replacements of a project.
type replacer struct {
	read  func(path string) ([]byte, error)
	env   func(string) (string, bool)
	rules []Replacement
}

// apply makes the replacements in a file's text, as `sf project deploy` does while
// it zips. A variable that is not set is an error of the CLI; here its text stays
// and is returned, so that a linter works without the environment of a deploy.
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
			out = find.ReplaceAllLiteral(out, []byte(with))
		default:
			for _, found := range find.FindAll(out, -1) {
				unset = append(unset, Unset{string(found), *rule.ReplaceWithEnv})
			}
		}
	}
	return out, slices.Compact(unset), nil
}

// covers compares file names by their ends and globs from anywhere, as the CLI does.
func (r Replacement) covers(name string) bool {
	if r.Filename != "" {
		return strings.HasSuffix("/"+name, r.Filename)
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
	if err != nil {
		return nil, fmt.Errorf("regexToReplace: %w", err)
	}
	return find, nil
}

// with is the text to put in; not ok means that the variable is not set.
func (r replacer) with(rule Replacement) (text string, ok bool, err error) {
	if rule.ReplaceWithEnv != nil {
		text, ok = r.env(*rule.ReplaceWithEnv)
		return text, ok || rule.AllowUnsetEnvVariable, nil
	}
	name := path.Clean(strings.ReplaceAll(*rule.ReplaceWithFile, `\`, "/"))
	if !fs.ValidPath(name) {
		return "", false, fmt.Errorf("replaceWithFile: %q lies outside the project", *rule.ReplaceWithFile)
	}
	data, err := r.read(name)
	if err != nil {
		return "", false, fmt.Errorf("replaceWithFile: %w", err)
	}
	if text = strings.TrimSpace(string(data)); text == "" {
		return "", false, fmt.Errorf("replaceWithFile: %q is empty", name)
	}
	return text, true, nil
}

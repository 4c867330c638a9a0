package source

import (
	"path"
	"strings"
)

// matchPath says whether the pattern's steps cover the path's steps: "**" covers
// any number of steps, and within a step *, ? and [...] work as in a shell.
func matchPath(pattern, name []string) bool {
	for len(pattern) > 0 {
		if pattern[0] == "**" {
			return matchAny(pattern[1:], name)
		}
		if len(name) == 0 || !matchStep(pattern[0], name[0]) {
			return false
		}
		pattern, name = pattern[1:], name[1:]
	}
	return len(name) == 0
}

// matchAny tries the rest of a pattern behind "**" at every depth. A "**" at the
// end covers everything inside, but not the folder itself (gitignore(5)).
func matchAny(rest, name []string) bool {
	for len(rest) > 0 && rest[0] == "**" {
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return len(name) > 0
	}
	// Only the first "**" has to be tried at every place: a later one tries all
	// that an earlier place could reach, so that the work stays polynomial.
	next := len(rest)
	for i, step := range rest {
		if step == "**" {
			next = i
			break
		}
	}
	for at := 0; at <= len(name); at++ {
		if at+next > len(name) {
			return false
		}
		if next < len(rest) {
			if matchPath(rest[:next], name[at:at+next]) {
				return matchAny(rest[next+1:], name[at+next:])
			}
			continue
		}
		if matchPath(rest, name[at:]) {
			return true
		}
	}
	return false
}

// matchStep matches one step; a malformed pattern matches nothing.
func matchStep(pattern, name string) bool {
	// gitignore negates a class with "!", package path with "^".
	ok, err := path.Match(strings.ReplaceAll(pattern, "[!", "[^"), name)
	return ok && err == nil
}

func steps(p string) []string {
	p = strings.Trim(p, "/")
	if p == "" || p == "." {
		return nil
	}
	return strings.Split(p, "/")
}

package source

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// defaultIgnore is what Salesforce's tools pass over in every project that has a
// .forceignore (source-deploy-retrieve, ForceIgnore.DEFAULT_IGNORE); without one they
// pass over nothing.
var defaultIgnore = []string{"**/*.dup", "**/.*", "**/package2-descriptor.json", "**/package2-manifest.json"}

// Ignore says which paths a .forceignore file leaves out; its rules are those of
// gitignore(5), but that the case of letters does not count, as in the library that
// Salesforce's tools use. The zero value leaves out nothing.
type Ignore struct {
	rules []rule
	// path is the file that the rules come from; they speak of what lies beside it.
	path string
}

// rule is one line of the file.
type rule struct {
	steps   []string
	keep    bool // a line that begins with !
	folders bool // a line that ends with /
}

// ParseIgnore reads the text of a .forceignore file and adds what is always left out.
func ParseIgnore(text string) Ignore {
	var ig Ignore
	for _, line := range append(slices.Clone(defaultIgnore), strings.Split(text, "\n")...) {
		if r, ok := parseRule(strings.TrimRight(line, "\r")); ok {
			ig.rules = append(ig.rules, r)
		}
	}
	return ig
}

func parseRule(line string) (rule, bool) {
	line = strings.ToLower(trimTrailingSpace(line))
	if line == "" || line[0] == '#' {
		return rule{}, false
	}
	var r rule
	if line[0] == '!' {
		r.keep, line = true, line[1:]
	}
	if strings.HasPrefix(line, `\#`) || strings.HasPrefix(line, `\!`) {
		line = line[1:]
	}
	if rest, ok := strings.CutSuffix(line, "/"); ok {
		r.folders, line = true, rest
	}
	// A slash at the beginning or in the middle ties the rule to the file's own folder.
	anchored := strings.Contains(line, "/")
	if r.steps = steps(line); len(r.steps) == 0 {
		return rule{}, false
	}
	if !anchored {
		r.steps = append([]string{"**"}, r.steps...)
	}
	return r, true
}

// trimTrailingSpace keeps a space that a backslash protects.
func trimTrailingSpace(line string) string {
	trimmed := strings.TrimRight(line, " \t")
	if strings.HasSuffix(trimmed, `\`) && len(trimmed) < len(line) {
		return trimmed + " "
	}
	return trimmed
}

// Leaves says whether a path, or a folder that it lies in, is left out. The last
// rule that matches counts; below a folder that is out nothing comes back in.
func (ig Ignore) Leaves(name string, isFolder bool) bool {
	if dir := path.Dir(ig.path); dir != "." {
		inside := ""
		if inside, name = name, strings.TrimPrefix(name, dir+"/"); inside == name {
			return false
		}
	}
	all := steps(strings.ToLower(name))
	for n := 1; n <= len(all); n++ {
		if ig.matches(all[:n], isFolder || n < len(all)) {
			return true
		}
	}
	return false
}

func (ig Ignore) matches(name []string, isFolder bool) bool {
	out := false
	for _, r := range ig.rules {
		if r.folders && !isFolder {
			continue
		}
		if matchPath(r.steps, name) {
			out = !r.keep
		}
	}
	return out
}

// ignoreFor is the .forceignore that counts for a package directory: the nearest one
// from it upwards, and only that one (source-deploy-retrieve, ForceIgnore.findAndCreate).
func (r *reader) ignoreFor(folder string) (Ignore, error) {
	for at := folder; ; at = path.Dir(at) {
		name := path.Join(at, IgnoreFile)
		data, err := r.bytes(name)
		if err == nil {
			ig := ParseIgnore(string(data))
			ig.path = name
			return ig, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return Ignore{}, err
		}
		if at == "." {
			return Ignore{}, nil
		}
	}
}

package lint

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

// Fix is a change that mends a finding.
type Fix struct {
	// Safe says that --fix may make it: it says what the author said, in the place
	// or the words that Salesforce takes.
	Safe bool `json:"safe"`
	// Diff is the change as a unified diff.
	Diff  string `json:"diff"`
	edits []edit
}

// edit replaces bytes of a file.
type edit struct {
	file       *metadata.Component
	start, end int
	text       string
}

// fix makes a fix of edits, each of another file; nil if one of them cannot be made, or
// a file's text is not that of the project because replacements changed it.
func fix(safe bool, edits ...*edit) *Fix {
	f := &Fix{Safe: safe}
	for _, e := range edits {
		if e == nil || e.file.File.Original == nil || e.file.File.Replaced() || len(e.file.File.Unset) > 0 {
			return nil
		}
		f.edits = append(f.edits, *e)
		f.Diff += unified(e.file.File.Path, e.file.File.Original, *e)
	}
	return f
}

// byFile sorts edits by their files, and those of a file by their places.
func byFile(edits []edit) func(yield func(string, []edit) bool) {
	files := map[string][]edit{}
	var order []string
	for _, e := range edits {
		path := e.file.File.Path
		if files[path] == nil {
			order = append(order, path)
		}
		files[path] = append(files[path], e)
	}
	return func(yield func(string, []edit) bool) {
		for _, path := range order {
			slices.SortStableFunc(files[path], func(a, b edit) int { return cmp.Compare(a.start, b.start) })
			if !yield(path, files[path]) {
				return
			}
		}
	}
}

// Apply makes the safe fixes of the findings and returns the new texts of the files
// that change, by path, and how many fixes they hold. Of two fixes for one place the
// first is made; the other is found again in the new text.
func Apply(findings []Finding) (files map[string][]byte, made int) {
	var edits []edit
	for _, f := range findings {
		if f.Fix == nil || !f.Fix.Safe || overlaps(edits, f.Fix.edits) {
			continue
		}
		edits = append(edits, f.Fix.edits...)
		made++
	}
	files = map[string][]byte{}
	for path, changed := range byFile(edits) {
		files[path] = apply(changed[0].file.File.Original, changed)
	}
	return files, made
}

func overlaps(made, more []edit) bool {
	for _, a := range made {
		for _, b := range more {
			if a.file.File.Path == b.file.File.Path && a.start < b.end && b.start < a.end {
				return true
			}
		}
	}
	return false
}

// apply makes edits that are in order and do not overlap.
func apply(text []byte, edits []edit) []byte {
	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		out.Write(text[last:e.start])
		out.WriteString(e.text)
		last = e.end
	}
	out.Write(text[last:])
	return out.Bytes()
}

// setText replaces what an element holds.
func setText(c *metadata.Component, e *xmltree.Element, text string) *edit {
	if e == nil || e.InnerStart == e.End {
		return nil
	}
	return &edit{c, e.InnerStart, e.InnerEnd, escape(text)}
}

// renameElement changes the names in both tags.
func renameElement(c *metadata.Component, e *xmltree.Element, name string) *edit {
	old := c.File.Data
	if e.InnerStart == e.End {
		return nil
	}
	text := strings.Replace(string(old[e.Start:e.InnerStart]), e.Name, name, 1) + string(old[e.InnerStart:e.InnerEnd]) +
		strings.Replace(string(old[e.InnerEnd:e.End]), e.Name, name, 1)
	return &edit{c, e.Start, e.End, text}
}

// removeElement takes an element out, with its line if it has one to itself.
func removeElement(c *metadata.Component, e *xmltree.Element) *edit {
	start, end, data := e.Start, e.End, c.File.Data
	lineStart := bytes.LastIndexByte(data[:start], '\n') + 1
	lineEnd := bytes.IndexByte(data[end:], '\n')
	if lineEnd >= 0 && len(bytes.TrimSpace(data[lineStart:start])) == 0 && len(bytes.TrimSpace(data[end:end+lineEnd])) == 0 {
		start, end = lineStart, end+lineEnd+1
	}
	return &edit{c, start, end, ""}
}

// addElement puts an element at the end of the file's root, or of the group on the path.
func addElement(c *metadata.Component, name, text string, path ...string) *edit {
	parent, indent := c.Root, "    "
	if len(path) > 0 {
		parent, indent = c.Find(path[0]), "        "
	}
	if parent == nil || parent.InnerStart == parent.End {
		return nil
	}
	element := fmt.Sprintf("%s<%s>%s</%s>\n", indent, name, escape(text), name)
	at := bytes.LastIndexByte(c.File.Data[:parent.InnerEnd], '\n') + 1
	if at < parent.InnerStart || len(bytes.TrimSpace(c.File.Data[at:parent.InnerEnd])) > 0 {
		at, element = parent.InnerEnd, strings.TrimSpace(element)
	}
	return &edit{c, at, at, element}
}

// setFlag writes a boolean, which may not be there yet.
func setFlag(c *metadata.Component, name string, value bool) *edit {
	if c == nil || c.Root == nil {
		return nil
	}
	if e := c.Find(name); e != nil {
		return setText(c, e, fmt.Sprint(value))
	}
	return addElement(c, name, fmt.Sprint(value))
}

// addNamespace writes the namespace into the root element.
func addNamespace(c *metadata.Component, root *xmltree.Element) *edit {
	at := root.Start + len("<") + len(root.Name)
	return &edit{c, at, at, fmt.Sprintf(" xmlns=%q", schema.Namespace)}
}

func escape(text string) string {
	var b strings.Builder
	// A strings.Builder takes every write.
	_ = xml.EscapeText(&b, []byte(text))
	return strings.ReplaceAll(b.String(), "&#xA;", "\n")
}

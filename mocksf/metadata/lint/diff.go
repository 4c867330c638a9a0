package lint

import (
	"fmt"
	"strings"
)

// context is how many lines around a change a diff shows.
const context = 3

// unified is one edit of a file as a unified diff.
func unified(path string, text []byte, e edit) string {
	before := string(text[:e.start])
	first := before[strings.LastIndexByte(before, '\n')+1:]
	from := strings.Count(before, "\n")
	rest := lastLine(string(text[e.end:]), e)
	old := lines(string(text))
	gone := lines(string(text[len(before)-len(first) : e.end+len(rest)]))
	added := lines(first + e.text + rest)
	start, end := max(from-context, 0), min(from+len(gone)+context, len(old))
	var b strings.Builder
	fmt.Fprintf(&b, "--- a/%s\n+++ b/%s\n@@ -%d,%d +%d,%d @@\n", path, path, start+1, end-start, start+1, end-start+len(added)-len(gone))
	write(&b, ' ', old[start:from])
	write(&b, '-', gone)
	write(&b, '+', added)
	write(&b, ' ', old[from+len(gone):end])
	return b.String()
}

// lastLine is what follows the edit on its last line. An edit that ends where a line
// begins leaves that line alone, unless its text runs into it.
func lastLine(after string, e edit) string {
	atLine := e.end == 0 || e.file.File.Original[e.end-1] == '\n'
	if atLine && (e.text == "" || strings.HasSuffix(e.text, "\n")) {
		return ""
	}
	if end := strings.IndexByte(after, '\n'); end >= 0 {
		return after[:end+1]
	}
	return after
}

// lines are the text's lines with their line breaks.
func lines(text string) []string {
	list := strings.SplitAfter(text, "\n")
	if last := len(list) - 1; list[last] == "" {
		list = list[:last]
	}
	return list
}

func write(b *strings.Builder, mark byte, list []string) {
	for _, line := range list {
		b.WriteByte(mark)
		b.WriteString(line)
		if !strings.HasSuffix(line, "\n") {
			b.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

package lint

import (
	"bytes"
	"fmt"
	"strings"
)

// context is how many lines around a change a diff shows.
const context = 3

// block is a run of old lines and what stands in their place.
type block struct {
	from, to int // old lines, the second is the first that stays
	text     string
}

// unified is edits of a file, in order, as a unified diff.
func unified(path string, text []byte, edits []edit) string {
	old := lines(string(text))
	starts := make([]int, len(old)+1)
	for i, line := range old {
		starts[i+1] = starts[i] + len(line)
	}
	blocks := blocksOf(text, starts, edits)
	var b strings.Builder
	fmt.Fprintf(&b, "--- a/%s\n+++ b/%s\n", path, path)
	grown := 0
	for len(blocks) > 0 {
		n := 1
		for n < len(blocks) && blocks[n].from-blocks[n-1].to <= 2*context {
			n++
		}
		grown += hunk(&b, old, blocks[:n], grown)
		blocks = blocks[n:]
	}
	return b.String()
}

// lines are the text's lines with their line breaks.
func lines(text string) []string {
	list := strings.SplitAfter(text, "\n")
	if last := len(list) - 1; list[last] == "" {
		list = list[:last]
	}
	return list
}

// blocksOf widens edits to whole lines and joins those that touch.
func blocksOf(text []byte, starts []int, edits []edit) []block {
	var blocks []block
	for i := 0; i < len(edits); {
		from := lineOf(starts, edits[i].start)
		j, end := i, edits[i].end
		for j+1 < len(edits) && lineOf(starts, edits[j+1].start) <= lineOf(starts, end) {
			j++
			end = edits[j].end
		}
		to := lineOf(starts, end)
		// An edit that ends where a line begins leaves that line alone, unless its text runs into it.
		if last := edits[j].text; end > starts[to] || last != "" && !strings.HasSuffix(last, "\n") {
			to++
		}
		to = min(to, len(starts)-1)
		inside := make([]edit, 0, j-i+1)
		for _, e := range edits[i : j+1] {
			inside = append(inside, edit{e.file, e.start - starts[from], e.end - starts[from], e.text})
		}
		blocks = append(blocks, block{from, to, string(apply(bytes.Clone(text[starts[from]:starts[to]]), inside))})
		i = j + 1
	}
	return blocks
}

// lineOf is the line in which the offset lies.
func lineOf(starts []int, offset int) int {
	line := 0
	for line+1 < len(starts)-1 && starts[line+1] <= offset {
		line++
	}
	return line
}

// hunk writes one hunk and returns by how many lines the file grows.
func hunk(b *strings.Builder, old []string, blocks []block, grown int) int {
	from := max(blocks[0].from-context, 0)
	to := min(blocks[len(blocks)-1].to+context, len(old))
	var body strings.Builder
	at, more := from, 0
	for _, change := range blocks {
		write(&body, ' ', old[at:change.from])
		added := lines(change.text)
		write(&body, '-', old[change.from:change.to])
		write(&body, '+', added)
		more += len(added) - (change.to - change.from)
		at = change.to
	}
	write(&body, ' ', old[at:to])
	fmt.Fprintf(b, "@@ -%d,%d +%d,%d @@\n%s", from+1, to-from, from+1+grown, to-from+more, body.String())
	return more
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

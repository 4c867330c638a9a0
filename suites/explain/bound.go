package explain

import (
	"fmt"
	"strings"
)

// MaxInput is the size in bytes of the text that is read; of a longer one the
// first and the last half are.
const MaxInput = 1 << 20

// maxText is the size in bytes above which a text is thinned out to the lines that say something.
const maxText = 12 << 10

// bound cuts a text to what can be read in time, and says what it did.
func bound(text string) (string, []string) {
	var notes []string
	if len(text) > MaxInput {
		notes = append(notes, fmt.Sprintf("the text is longer than %d bytes: its first and last half of that were read", MaxInput))
		text = text[:MaxInput/2] + "\n" + text[len(text)-MaxInput/2:]
	}
	if len(text) > maxText {
		text = thin(text)
		notes = append(notes, "of the long text the lines that look like errors were read, each kind once")
	}
	return text, notes
}

// maxAlike is how many lines of a kind are read.
const maxAlike = 6

// keptLine is a line that tells something, or one beside it.
type keptLine struct {
	text     string
	strength strength
	kept     bool
}

// thin keeps the lines that tell something, with what stands beside them, and of
// lines of one kind the first few: the strongest first, as far as there is room,
// in the order of the text.
func thin(text string) string {
	lines := tellingLines(text)
	room := maxText
	for s := tellsOurs; s > tellsNothing; s-- {
		room = keep(lines, s, room)
	}
	var b strings.Builder
	for _, line := range lines {
		if line.kept {
			_, _ = b.WriteString(line.text + "\n")
		}
	}
	return b.String()
}

// tellingLines are the lines of the text with their strength, without those that tell nothing.
func tellingLines(text string) []keptLine {
	var all, lines []keptLine
	for line := range strings.SplitSeq(text, "\n") {
		for _, part := range pieces(line) {
			all = append(all, keptLine{text: part, strength: strengthOf(part)})
		}
	}
	seen := map[string]int{}
	for i, line := range all {
		if i > 0 {
			line.strength = max(line.strength, all[i-1].strength)
		}
		if i+1 < len(all) && all[i+1].strength == tellsOurs {
			line.strength = max(line.strength, tellsFailure)
		}
		if line.strength == tellsNothing {
			continue
		}
		kind := kindOfLine(line.text)
		if seen[kind]++; seen[kind] <= maxAlike {
			lines = append(lines, line)
		}
	}
	return lines
}

// keep marks the lines of a strength, the first ones for three quarters of the room
// and the last ones for the rest, and returns the room that is left.
func keep(lines []keptLine, s strength, room int) int {
	first, mark := 0, func(line *keptLine, least int) bool {
		if line.strength != s || line.kept {
			return true
		}
		if room-len(line.text)-1 < least {
			return false
		}
		line.kept = true
		room -= len(line.text) + 1
		return true
	}
	for least := room / 4; first < len(lines) && mark(&lines[first], least); first++ {
	}
	for last := len(lines) - 1; last >= first && mark(&lines[last], 0); last-- {
	}
	return room
}

// maxLine is the length in bytes of the longest line that is weighed as one.
const maxLine = 2 << 10

// pieces are the parts of a line that is longer than can be weighed as one: they end
// where a word does.
func pieces(line string) []string {
	var list []string
	for len(line) > maxLine {
		end := strings.LastIndexAny(line[:maxLine], " ,;}")
		if end < maxLine/2 {
			end = maxLine - 1
		}
		list = append(list, line[:end+1])
		line = line[end+1:]
	}
	return append(list, line)
}

// kindOfLine is a line without what makes it different from others of its kind:
// times, counts, ids and all else that has digits in it, but for an HTTP status of a failure.
func kindOfLine(line string) string {
	b := make([]byte, 0, len(line))
	for i := 0; i < len(line); {
		end, digits := i, 0
		for end < len(line) && isWord(line[end]|0x20) {
			if isDigit(line[end]) {
				digits++
			}
			end++
		}
		if word := line[i:end]; digits == 0 || len(word) == 3 && digits == 3 && (word[0] == '4' || word[0] == '5') && i > 0 && line[i-1] == ' ' {
			b = append(b, word...)
		}
		if end < len(line) {
			b = append(b, line[end])
		}
		i = end + 1
	}
	return string(b)
}

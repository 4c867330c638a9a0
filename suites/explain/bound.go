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

// telling are words in a line that may matter.
var telling = []string{
	"error", "exception", "fail", "denied", "invalid", "refused", "timeout", "timed out", "expired", "salesforce", "force.com", "oauth", "token",
	"grant", "ssl", "tls", "cert", "login_", "status", "fault", "enotfound", "econn", "proxy", "unauthorized", "not supported", "not found", "http/1",
}

// maxAlike is how many lines of a kind are read.
const maxAlike = 6

// thin keeps the lines that tell something, with what follows each, and of
// lines of one kind the first few. Of what is too long still it keeps the beginning and the end.
func thin(text string) string {
	var b strings.Builder
	seen := map[string]int{}
	keep, last := 0, ""
	for line := range strings.SplitSeq(text, "\n") {
		if len(line) > maxLine {
			line = line[:maxLine/2] + " ... " + line[len(line)-maxLine/2:]
		}
		if tells(line) {
			keep = 2
		}
		if keep--; keep < 0 {
			continue
		}
		kind := kindOfLine(line)
		if seen[kind]++; seen[kind] > maxAlike {
			continue
		}
		if b.Len()+len(line) > maxText*3/4 {
			last = tail(last+line+"\n", maxText/4)
			continue
		}
		_, _ = b.WriteString(line + "\n")
	}
	return b.String() + last
}

// maxLine is the length in bytes of the longest line that is read whole.
const maxLine = 4 << 10

func tells(line string) bool {
	lower := lowerASCII(line)
	for _, word := range telling {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
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

func tail(s string, n int) string {
	if len(s) > n {
		return s[len(s)-n:]
	}
	return s
}

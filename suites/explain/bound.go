package explain

import (
	"fmt"
	"strings"
)

// MaxInput is the size in bytes of the text that is read; of a longer one the
// first and the last half are.
const MaxInput = 1 << 20

// maxText is the size in bytes above which a text is thinned out to the lines that say something.
const maxText = 32 << 10

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

// thin keeps the lines that tell something, with what follows each, and of
// lines that differ in their numbers only the first few and the last.
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
		key := withoutDigits(line)
		if seen[key]++; seen[key] > 6 {
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

func withoutDigits(line string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, line)
}

func tail(s string, n int) string {
	if len(s) > n {
		return s[len(s)-n:]
	}
	return s
}

package explain

import (
	"slices"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
)

// strength is how much a line of a log tells.
type strength int

const (
	tellsNothing strength = iota
	// tellsSomething is that of a line with a word that may matter.
	tellsSomething
	// tellsFailure is that of a line in which something fails.
	tellsFailure
	// tellsOurs is that of a line with a code or a sentence of the catalogue.
	tellsOurs
)

// failureWords are those of a line in which something fails.
var failureWords = wordSetOf([]string{
	"error", "exception", "fail", "denied", "invalid", "refused", "timeout", "timed out", "expired", "ssl", "tls", "cert", "fault", "enotfound", "econn", "unauthorized", "not supported", "not found",
	"unknownhost", "getaddrinfo", "resolve", "unreachable",
})

// matterWords are those of a line that may matter.
var matterWords = wordSetOf([]string{"salesforce", "force.com", "oauth", "token", "grant", "login_", "status", "proxy", "http/1"})

func strengthOf(line string) strength {
	lower := lowerASCII(line)
	switch {
	case ours(lower):
		return tellsOurs
	case failureWords.in(lower):
		return tellsFailure
	case matterWords.in(lower):
		return tellsSomething
	}
	return tellsNothing
}

// runLength is how many words in a row are looked up.
const runLength = 3

// ours says whether a line has a short sentence of the catalogue, or three words in a
// row of a longer one. A code counts as the sentence of the words that it is made of.
func ours(lower string) bool {
	var run [runLength]string
	found := false
	eachWord(lower, func(word string) bool {
		copy(run[:], run[1:])
		run[runLength-1] = word
		if _, ends := runEnds()[word]; !ends {
			return true
		}
		for from := range run {
			words := [runLength]string{}
			copy(words[from:], run[from:])
			if _, found = runs()[words]; found {
				return false
			}
		}
		return true
	})
	return found
}

// runs are the words of the catalogue by which its sentences are known.
var runs = sync.OnceValue(func() map[[runLength]string]struct{} {
	table := map[[runLength]string]struct{}{}
	add := func(sentence string) {
		var words []string
		eachWord(lowerASCII(sentence), func(word string) bool { words = append(words, word); return true })
		for from := 0; from == 0 && len(words) > 0 || from+runLength <= len(words); from++ {
			var run [runLength]string
			part := words[from:min(from+runLength, len(words))]
			copy(run[runLength-len(part):], part)
			table[run] = struct{}{}
		}
	}
	for _, r := range fixtures.Refusals {
		if code := codeOf(r.Answer); tellingCode(code) && !slices.Contains(otherCodes, code) {
			add(code)
		}
		for _, part := range blanks.Split(r.Answer.Description, -1) {
			if len(squash(part)) >= minPhrase {
				add(strings.TrimPrefix(part, codeOf(r.Answer)+": "))
			}
		}
	}
	for _, t := range causeTexts() {
		add(t.Text)
	}
	return table
})

// runEnds are the words that a run ends with: most words of a log are none.
var runEnds = sync.OnceValue(func() map[string]struct{} {
	ends := map[string]struct{}{}
	for run := range runs() {
		ends[run[runLength-1]] = struct{}{}
	}
	return ends
})

// otherCodes are codes whose words stand in everybody's logs.
var otherCodes = []string{"NOT_FOUND", "server_error"}

// eachWord calls for each word of letters and digits until it is told to stop.
func eachWord(lower string, word func(string) bool) {
	for i := 0; i < len(lower); {
		end := i
		for end < len(lower) && isWord(lower[end]) {
			end++
		}
		if end > i && !word(lower[i:end]) {
			return
		}
		i = end + 1
	}
}

package explain

import (
	"slices"
	"strings"
)

// minTruncated is how many letters and digits of a phrase must be there if the
// text breaks off in it.
const minTruncated = 16

// find is the place of a phrase in the text, whatever line breaks, punctuation
// and capitals stand in it; false if it is not there. A long phrase is also found
// where the text or its line breaks off.
func (p paste) find(squashedPhrase string) (int, bool) {
	if at, ok := p.findWords(squashedPhrase); ok {
		return at, true
	}
	return p.findTruncated(squashedPhrase)
}

// findWords is find of whole phrases only.
func (p paste) findWords(squashedPhrase string) (int, bool) {
	i, ok := p.findWhole(p.squashed, squashedPhrase, 0)
	if !ok {
		return 0, false
	}
	return int(p.origin[i]), true
}

// findProse is find in what is left of the text without Salesforce's own words:
// these say nothing of what the person did.
func (p paste) findProse(squashedPhrase string) (int, bool) {
	i, ok := p.findWhole(p.prose, squashedPhrase, 0)
	if !ok {
		return 0, false
	}
	return int(p.origin[i]), true
}

// findWhole is the squashed place of a phrase from a place on.
func (p paste) findWhole(squashed, phrase string, from int) (int, bool) {
	if phrase == "" {
		return 0, false
	}
	for {
		i := strings.Index(squashed[from:], phrase)
		if i < 0 {
			return 0, false
		}
		i += from
		if p.bounded(i, i+len(phrase)) {
			return i, true
		}
		from = i + 1
	}
}

// hide takes words of Salesforce out of the prose, wherever they stand.
func (p *paste) hide(phrases []string) {
	prose := []byte(p.prose)
	for _, phrase := range phrases {
		for from := 0; ; {
			i, ok := p.findWhole(p.squashed, phrase, from)
			if !ok {
				break
			}
			for k := range phrase {
				prose[i+k] = 0
			}
			from = i + len(phrase)
		}
	}
	p.prose = string(prose)
}

// bounded says whether the match begins and ends at the edge of a word.
func (p paste) bounded(start, end int) bool {
	return p.edge(start-1, start) && p.edge(end-1, end)
}

// edge says whether something stands between two neighbours of the squashed text.
func (p paste) edge(left, right int) bool {
	return left < 0 || right >= len(p.origin) || p.origin[right]-p.origin[left] > 1 ||
		isDigit(p.squashed[left]) != isDigit(p.squashed[right])
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// findTruncated finds the beginning of a phrase where the line or the text ends
// in it. It leaves out the words that were found whole: some phrases begin alike.
func (p paste) findTruncated(phrase string) (int, bool) {
	part := max(minTruncated, len(phrase)*3/5)
	if part >= len(phrase) {
		return 0, false
	}
	for from := 0; ; {
		i := strings.Index(p.prose[from:], phrase[:part])
		if i < 0 {
			return 0, false
		}
		i += from
		end, k := i+part, part
		for k < len(phrase) && end < len(p.prose) && p.prose[end] == phrase[k] {
			end, k = end+1, k+1
		}
		if p.edge(i-1, i) && p.breaksOff(end) {
			return int(p.origin[i]), true
		}
		from = i + 1
	}
}

// findBeheaded finds a phrase of which the beginning of the text cuts a part.
func (p paste) findBeheaded(phrase string) (int, bool) {
	for n := len(phrase) - 1; n >= max(minTruncated, len(phrase)*3/5); n-- {
		if strings.HasPrefix(p.prose, phrase[len(phrase)-n:]) && p.edge(n-1, n) && (n >= len(phrase)*5/6 || p.closes(n)) {
			return int(p.origin[0]), true
		}
	}
	return 0, false
}

// closes says whether the words before the squashed place end there, and no sentence goes on.
func (p paste) closes(end int) bool {
	rest := strings.TrimLeft(p.text[p.origin[end-1]+1:], " ")
	return rest == "" || strings.IndexByte("\"'}])\n.,;(", rest[0]) >= 0
}

// minCut is how many letters and digits must be left of a phrase that the end of
// the text cuts.
const minCut = 10

// findCut finds a phrase of which the end of the text cuts a quarter at most, and
// not between the words that end at these places.
func (p paste) findCut(phrase string, ends []int) (int, bool) {
	for n := len(phrase) - 1; n >= max(minCut, len(phrase)*3/4); n-- {
		if slices.Contains(ends, n) {
			continue
		}
		if i := len(p.prose) - n; strings.HasSuffix(p.prose, phrase[:n]) && p.edge(i-1, i) {
			return int(p.origin[i]), true
		}
	}
	return 0, false
}

// tailOf is what stands behind the last description key, squashed, and its place:
// where a text is cut, little of the words may be left.
func (p paste) tailOf(key string) (string, int, bool) {
	i := strings.LastIndex(p.squashed, key)
	if i < 0 || i+len(key) >= len(p.squashed) {
		return "", 0, false
	}
	return p.squashed[i+len(key):], int(p.origin[i+len(key)]), true
}

// breaksOff says whether the text is cut before the squashed place: at its end, at
// that of a line, or at an ellipsis.
func (p paste) breaksOff(end int) bool {
	rest := strings.TrimLeft(p.text[p.origin[end-1]+1:], " \"'`)}]")
	return rest == "" || rest[0] == '\n' || strings.HasPrefix(rest, "...") || strings.HasPrefix(rest, "…") ||
		strings.HasPrefix(rest, "[truncated") || strings.HasPrefix(rest, "(truncated")
}

// findWord is the place of a code in the text: exact but for capitals, and not
// inside a longer word.
func (p paste) findWord(lower string) (int, bool) {
	if lower == "" {
		return 0, false
	}
	for from := 0; ; {
		i := strings.Index(p.lower[from:], lower)
		if i < 0 {
			return 0, false
		}
		i += from
		end := i + len(lower)
		if (i == 0 || !isCode(p.lower[i-1])) && (end == len(p.lower) || !isCode(p.lower[end])) {
			return i, true
		}
		from = i + 1
	}
}

// findPrefix is the place of what words of a code begin with, with its punctuation.
func (p paste) findPrefix(lower string) (int, bool) {
	for from := 0; ; {
		i := strings.Index(p.lower[from:], lower)
		if i < 0 {
			return 0, false
		}
		i += from
		if i == 0 || !isCode(p.lower[i-1]) {
			return i, true
		}
		from = i + 1
	}
}

func isCode(c byte) bool { return isWord(c) || c == '_' }

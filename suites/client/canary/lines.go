package canary

import (
	"cmp"
	"iter"
	"slices"
)

// matches yields every place of every secret: as it stands, and where it is broken
// into lines, as base64 and keys are, be the line breaks real or escaped.
func (s *Set) matches(text []byte) iter.Seq[match] {
	return func(yield func(match) bool) {
		for m := range s.matcher.find(text) {
			if !yield(m) {
				return
			}
		}
		for _, m := range s.broken(text) {
			if !yield(m) {
				return
			}
		}
	}
}

// broken are the secrets that can be read only when white space is left out.
func (s *Set) broken(text []byte) []match {
	joined := joined(text)
	if len(joined) == len(text) {
		return nil
	}
	matches := slices.SortedFunc(s.matcher.find(joined), func(a, b match) int { return cmp.Compare(a.start, b.start) })
	if len(matches) == 0 {
		return nil
	}
	ends := slices.Clone(matches)
	slices.SortFunc(ends, func(a, b match) int { return cmp.Compare(a.end, b.end) })
	starts, stops := make([]int, len(matches)), make([]int, len(ends))
	for i := range matches {
		starts[i], stops[i] = matches[i].start, ends[i].end-1
	}
	from, to := originals(text, starts), originals(text, stops)
	for i := range matches {
		at, _ := slices.BinarySearch(stops, matches[i].end-1)
		matches[i].start, matches[i].end = from[i], to[at]+1
	}
	return matches
}

// joined is the text without white space and without escaped line breaks.
func joined(text []byte) []byte {
	out := make([]byte, 0, len(text))
	from := 0
	for at := 0; at < len(text); {
		n := 0
		if mayBeBlank[text[at]] {
			n = blank(text[at:])
		}
		if n > 0 {
			out = append(out, text[from:at]...)
			from = at + n
		}
		at += max(n, 1)
	}
	return append(out, text[from:]...)
}

// mayBeBlank are the bytes that white space begins with.
var mayBeBlank = [256]bool{' ': true, '\t': true, '\r': true, '\n': true, '\\': true}

// blank is the length of the white space that the text begins with: one character,
// or backslashes and the letter of a line break.
func blank(text []byte) int {
	switch text[0] {
	case ' ', '\t', '\r', '\n':
		return 1
	case '\\':
		n := 1
		for n < len(text) && text[n] == '\\' {
			n++
		}
		if n < len(text) && (text[n] == 'n' || text[n] == 'r') {
			return n + 1
		}
	}
	return 0
}

// originals are the offsets in the text of bytes of what joined makes of it; the
// offsets asked for are in order.
func originals(text []byte, offsets []int) []int {
	found := make([]int, 0, len(offsets))
	kept := 0
	for at := 0; at < len(text) && len(found) < len(offsets); {
		if n := blank(text[at:]); n > 0 {
			at += n
			continue
		}
		for len(found) < len(offsets) && offsets[len(found)] == kept {
			found = append(found, at)
		}
		kept++
		at++
	}
	return found
}

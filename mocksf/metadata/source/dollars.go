package source

import (
	"regexp"
	"strconv"
)

// dollars are what JavaScript's replace gives a meaning in the text that it puts in:
// $$ a dollar, $& what was found, $1 and $12 a group of it.
var dollars = regexp.MustCompile(`\$(\$|&|\d\d?)`)

// replaceAll puts the text in as JavaScript's replace does, since Salesforce's CLI
// calls that.
func replaceAll(find *regexp.Regexp, in, with []byte) []byte {
	var out []byte
	end := 0
	for _, at := range find.FindAllSubmatchIndex(in, -1) {
		out = append(out, in[end:at[0]]...)
		out = append(out, dollars.ReplaceAllFunc(with, func(ref []byte) []byte { return referred(ref, in, at) })...)
		end = at[1]
	}
	return append(out, in[end:]...)
}

// referred is what one reference stands for, given the places of the groups. A number
// that no group has stands for itself, but for a first digit that one has.
func referred(ref, in []byte, at []int) []byte {
	group := func(digits []byte) (text []byte, ok bool) {
		n, err := strconv.Atoi(string(digits))
		if err != nil || n < 1 || 2*n >= len(at) {
			return nil, false
		}
		if at[2*n] < 0 {
			return nil, true
		}
		return in[at[2*n]:at[2*n+1]], true
	}
	switch ref[1] {
	case '$':
		return ref[1:]
	case '&':
		return in[at[0]:at[1]]
	}
	if text, ok := group(ref[1:]); ok {
		return text
	}
	if text, ok := group(ref[1:2]); ok {
		return append(append([]byte{}, text...), ref[2:]...)
	}
	return ref
}

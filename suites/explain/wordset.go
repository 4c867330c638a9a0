package explain

import "strings"

// wordSet finds out whether a text holds one of many words in one pass: by the two
// bytes that each begins with.
type wordSet struct {
	starts [1 << 16]uint8
	// groups are the words that begin alike; the first group is empty.
	groups [][]string
}

// wordSetOf takes words of two bytes or more, that begin in fewer than 255 ways.
func wordSetOf(words []string) *wordSet {
	s := &wordSet{groups: [][]string{nil}}
	for _, word := range words {
		start := &s.starts[startOf(word, 0)]
		if *start == 0 {
			*start = uint8(len(s.groups))
			s.groups = append(s.groups, nil)
		}
		s.groups[*start] = append(s.groups[*start], word)
	}
	return s
}

func startOf(text string, at int) uint16 { return uint16(text[at])<<8 | uint16(text[at+1]) }

// in says whether the text holds one of the words.
func (s *wordSet) in(text string) bool {
	for i := 0; i+1 < len(text); i++ {
		group := s.starts[startOf(text, i)]
		if group == 0 {
			continue
		}
		for _, word := range s.groups[group] {
			if strings.HasPrefix(text[i:], word) {
				return true
			}
		}
	}
	return false
}

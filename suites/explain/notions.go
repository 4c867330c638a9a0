package explain

import (
	"strings"
	"sync"
)

// notion is what a word means, whatever its language and its ending.
type notion string

// notionSet holds notions by their place in the vocabulary.
type notionSet [3]uint64

func (s *notionSet) add(other notionSet) {
	for i := range s {
		s[i] |= other[i]
	}
}

func (s *notionSet) holdsAll(other notionSet) bool {
	for i := range s {
		if s[i]&other[i] != other[i] {
			return false
		}
	}
	return true
}

func (s *notionSet) holdsAny(other notionSet) bool {
	for i := range s {
		if s[i]&other[i] != 0 {
			return true
		}
	}
	return false
}

// minStem is how many letters the shortest stem has.
const minStem = 3

// notionsOf are the notions of a word: those of the word itself and of the stems
// that it begins with.
func notionsOf(word string) notionSet {
	table := stems()
	set := table[word]
	for n := minStem; n <= min(len(word), longestStem); n++ {
		set.add(table[word[:n]+"*"])
	}
	return set
}

// longestStem is how many letters of a word are looked at.
const longestStem = 16

// stems are the words of the vocabulary and their notions; a stem ends in a star.
var stems = sync.OnceValue(func() map[string]notionSet {
	table := map[string]notionSet{}
	for i, v := range vocabulary {
		var bit notionSet
		bit[i/64] = 1 << (i % 64)
		for word := range strings.FieldsSeq(v.words) {
			set := table[word]
			set.add(bit)
			table[word] = set
		}
	}
	return table
})

// setOf is the set of some notions.
func setOf(notions []notion) notionSet {
	var set notionSet
	for _, n := range notions {
		found := false
		for i, v := range vocabulary {
			if v.notion == n {
				set[i/64] |= 1 << (i % 64)
				found = true
			}
		}
		if !found {
			panic("explain: no word of the vocabulary means " + string(n))
		}
	}
	return set
}

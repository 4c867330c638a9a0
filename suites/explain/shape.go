package explain

import (
	"regexp"
	"strings"
)

// shape is a regular expression that first looks for words without which nothing
// can match: most texts have none of them, and looking for words is far cheaper.
type shape struct {
	re *regexp.Regexp
	// words are those of which every match has one; none: nothing is known of the matches.
	words []string
	// folded: capitals make no difference, and the words are in lower case.
	folded bool
}

// shapedSignal is a signal and the shape of a text that stands for it.
type shapedSignal struct {
	signal signal
	shape  *shape
}

// shapeOf compiles an expression that stands in this package.
func shapeOf(expression string) *shape {
	s := &shape{re: regexp.MustCompile(expression)}
	s.words, s.folded = neededWords(expression)
	return s
}

// possible says whether the text has a word without which nothing matches.
func (s *shape) possible(text string) bool {
	if len(s.words) == 0 {
		return true
	}
	if s.folded {
		if strings.ContainsAny(text, "\u017f\u212a") { // they fold to s and k
			return true
		}
		text = lowerASCII(text)
	}
	for _, word := range s.words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// MatchString is as of regexp.Regexp, like the other methods.
func (s *shape) MatchString(text string) bool { return s.possible(text) && s.re.MatchString(text) }

func (s *shape) FindStringIndex(text string) []int {
	if !s.possible(text) {
		return nil
	}
	return s.re.FindStringIndex(text)
}

func (s *shape) FindStringSubmatch(text string) []string {
	if !s.possible(text) {
		return nil
	}
	return s.re.FindStringSubmatch(text)
}

func (s *shape) FindStringSubmatchIndex(text string) []int {
	if !s.possible(text) {
		return nil
	}
	return s.re.FindStringSubmatchIndex(text)
}

func (s *shape) FindAllString(text string, n int) []string {
	if !s.possible(text) {
		return nil
	}
	return s.re.FindAllString(text, n)
}

func (s *shape) FindAllStringIndex(text string, n int) [][]int {
	if !s.possible(text) {
		return nil
	}
	return s.re.FindAllStringIndex(text, n)
}

func (s *shape) FindAllStringSubmatch(text string, n int) [][]string {
	if !s.possible(text) {
		return nil
	}
	return s.re.FindAllStringSubmatch(text, n)
}

func (s *shape) FindAllStringSubmatchIndex(text string, n int) [][]int {
	if !s.possible(text) {
		return nil
	}
	return s.re.FindAllStringSubmatchIndex(text, n)
}

func (s *shape) ReplaceAllString(text, replacement string) string {
	if !s.possible(text) {
		return text
	}
	return s.re.ReplaceAllString(text, replacement)
}

func (s *shape) ReplaceAllStringFunc(text string, replace func(string) string) string {
	if !s.possible(text) {
		return text
	}
	return s.re.ReplaceAllStringFunc(text, replace)
}

func (s *shape) Split(text string, n int) []string { return s.re.Split(text, n) }

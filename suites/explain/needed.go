package explain

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// minNeeded is how many bytes a word has that is worth looking for.
	minNeeded = 2
	// maxNeeded is how many words are looked for in the place of an expression.
	maxNeeded = 96
)

// neededWords are words of which every match of the expression has one, and
// whether capitals make no difference; none if there are no such words.
func neededWords(expression string) (words []string, folded bool) {
	re, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		panic("explain: " + err.Error())
	}
	re = re.Simplify() // x{1,2} becomes xx?
	folded = folds(re)
	words = needed(re)
	if folded {
		if slices.ContainsFunc(words, beyondASCII) {
			return nil, true
		}
		for i, word := range words {
			words[i] = lowerASCII(word)
		}
	}
	return fewest(words), folded
}

// fewest are the words without those that another one is part of.
func fewest(words []string) []string {
	slices.Sort(words)
	words = slices.Compact(words)
	var list []string
	for _, word := range words {
		if !slices.ContainsFunc(words, func(other string) bool { return other != word && strings.Contains(word, other) }) {
			list = append(list, word)
		}
	}
	return list
}

func beyondASCII(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf })
}

// folds says whether capitals make no difference in a part of the expression.
func folds(re *syntax.Regexp) bool {
	return re.Op == syntax.OpLiteral && re.Flags&syntax.FoldCase != 0 || slices.ContainsFunc(re.Sub, folds)
}

// needed are the words of an expression, those of its best part.
func needed(re *syntax.Regexp) []string {
	if words, ok := texts(re); ok {
		return worthLookingFor(words)
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return needed(re.Sub[0])
	case syntax.OpAlternate:
		var words []string
		for _, sub := range re.Sub {
			part := needed(sub)
			if part == nil {
				return nil
			}
			words = append(words, part...)
		}
		return worthLookingFor(words)
	case syntax.OpConcat:
		return bestOf(re.Sub)
	default:
	}
	return nil
}

// bestOf are the words of the part of a sequence that has the longest and the fewest.
func bestOf(parts []*syntax.Regexp) []string {
	var best []string
	consider := func(words []string) {
		if words = worthLookingFor(words); words != nil && (best == nil || shortest(words)*8-len(words) > shortest(best)*8-len(best)) {
			best = words
		}
	}
	run := []string{""}
	for _, part := range parts {
		words, ok := texts(part)
		joined := joins(run, words)
		if ok && joined != nil {
			run = joined
			continue
		}
		consider(run)
		run = []string{""}
		if ok {
			run = words
		} else {
			consider(needed(part))
		}
	}
	consider(run)
	return best
}

// texts are all texts that an expression matches, if they are few.
func texts(re *syntax.Regexp) ([]string, bool) {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []string{""}, true
	case syntax.OpLiteral:
		return []string{string(re.Rune)}, true
	case syntax.OpCharClass:
		return letters(re.Rune)
	case syntax.OpCapture:
		return texts(re.Sub[0])
	case syntax.OpQuest:
		words, ok := texts(re.Sub[0])
		return append([]string{""}, words...), ok
	case syntax.OpAlternate:
		var words []string
		for _, sub := range re.Sub {
			part, ok := texts(sub)
			if words = append(words, part...); !ok || len(words) > maxNeeded {
				return nil, false
			}
		}
		return words, true
	case syntax.OpConcat:
		words := []string{""}
		for _, sub := range re.Sub {
			part, ok := texts(sub)
			if words = joins(words, part); !ok || words == nil {
				return nil, false
			}
		}
		return words, true
	default:
	}
	return nil, false
}

// maxLetters is how many letters of a class are told apart.
const maxLetters = 4

// letters are the letters of a class, given as ranges.
func letters(ranges []rune) ([]string, bool) {
	var list []string
	for i := 0; i+1 < len(ranges); i += 2 {
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			if list = append(list, string(r)); len(list) > maxLetters {
				return nil, false
			}
		}
	}
	return list, len(list) > 0
}

// joins are all of the first followed by all of the second; nil if they are too many or none.
func joins(first, second []string) []string {
	if len(first)*len(second) > maxNeeded {
		return nil
	}
	var list []string
	for _, a := range first {
		for _, b := range second {
			list = append(list, a+b)
		}
	}
	return list
}

// worthLookingFor are the words if looking for them is cheap and tells something.
func worthLookingFor(words []string) []string {
	if len(words) == 0 || len(words) > maxNeeded || shortest(words) < minNeeded {
		return nil
	}
	return words
}

func shortest(words []string) int {
	least := len(words[0])
	for _, word := range words {
		least = min(least, len(word))
	}
	return least
}

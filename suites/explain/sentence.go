package explain

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence is a sentence or a line of the text by the notions of its words: their
// order, their endings and the language make no difference.
type sentence struct {
	at, end int
	holds   notionSet
}

// maxSentences bounds what is read of a text.
const maxSentences = 2000

// sentences reads the text word by word. Names of programs are taken apart, so that
// getAccessToken and access_token are the words that they are made of. The words
// of Salesforce are left out: they say nothing of what the person did.
func (p paste) sentences() []sentence {
	var list []sentence
	current := sentence{at: -1}
	flush := func(end int) {
		if current.at >= 0 {
			current.end = end
			list = append(list, current)
		}
		current = sentence{at: -1}
	}
	for at := 0; at < len(p.text) && len(list) < maxSentences; {
		word, size := nextWord(p.text[at:])
		if size == 0 {
			if p.ends(at) {
				flush(at)
			}
			_, n := utf8.DecodeRuneInString(p.text[at:])
			at += n
			continue
		}
		if !p.hidden(at) {
			current.holds.add(notionsOf(word))
			if current.at < 0 {
				current.at = at
			}
		}
		at += size
	}
	flush(len(p.text))
	return list
}

// ends says whether a sentence ends at a place: with the line, or with the sentence.
func (p paste) ends(at int) bool {
	switch p.text[at] {
	case '\n':
		return true
	case '.', '!', '?', ';':
		return at+1 == len(p.text) || p.text[at+1] == ' ' || p.text[at+1] == '\n'
	}
	return false
}

// hidden says whether words of Salesforce that were found stand at a place.
func (p paste) hidden(at int) bool {
	i := sort.Search(len(p.origin), func(i int) bool { return int(p.origin[i]) >= at })
	return i < len(p.origin) && int(p.origin[i]) == at && p.prose[i] == 0
}

// nextWord is the word that a text begins with, in lower case and without
// accents, and its size in the text: 0 if it begins with none. A capital inside
// a word begins another one.
func nextWord(text string) (string, int) {
	var word strings.Builder
	size, wasLower := 0, false
	for _, r := range text {
		if r == '\'' && size > 2 { // not the article of l'erreur
			size++
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) || unicode.IsUpper(r) && wasLower && size > 1 {
			break
		}
		size += utf8.RuneLen(r)
		wasLower = unicode.IsLower(r)
		_, _ = word.WriteString(plain(r))
	}
	return word.String(), size
}

// accents are letters and what they are written as without accents.
var accents = map[rune]string{
	'à': "a", 'á': "a", 'â': "a", 'ã': "a", 'ä': "a", 'å': "a", 'ç': "c", 'è': "e", 'é': "e", 'ê': "e", 'ë': "e", 'ì': "i", 'í': "i", 'î': "i", 'ï': "i",
	'ñ': "n", 'ò': "o", 'ó': "o", 'ô': "o", 'õ': "o", 'ö': "o", 'ù': "u", 'ú': "u", 'û': "u", 'ü': "u", 'ß': "ss",
}

func plain(r rune) string {
	r = unicode.ToLower(r)
	if s, ok := accents[r]; ok {
		return s
	}
	return string(r)
}

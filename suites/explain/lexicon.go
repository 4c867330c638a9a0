package explain

import (
	"strings"
	"sync"
)

// signal names something that was found in a text.
type signal string

// saying is a signal and the phrases of other software that stand for it. The
// phrases are compared without regard to case, punctuation and line breaks.
type saying struct {
	signal  signal
	phrases []string
}

// phraseForm is a phrase as it is looked up.
type phraseForm struct {
	squashed string
	// ends are the places where its words end: a text that ends there is not cut.
	ends []int
}

// squashedSaying is a saying with the forms of its phrases.
type squashedSaying struct {
	signal  signal
	phrases []phraseForm
}

// lexicon is all that other software is known to say, squashed for looking up.
var lexicon = sync.OnceValue(func() []squashedSaying {
	var list []squashedSaying
	for _, table := range [][]saying{tlsSayings, networkSayings, clientSayings, keySayings, proseSayings} {
		for _, s := range table {
			squashed := squashedSaying{signal: s.signal}
			for _, phrase := range s.phrases {
				squashed.phrases = append(squashed.phrases, phraseForm{squash(phrase), wordEnds(phrase)})
			}
			list = append(list, squashed)
		}
	}
	return list
})

// readLexicon looks every saying up; one phrase of each is enough.
func (f *facts) readLexicon() {
	for _, s := range lexicon() {
		for _, phrase := range s.phrases {
			if at, ok := f.findSaying(s.signal, phrase); ok {
				f.add(s.signal, at)
				break
			}
		}
	}
}

// findSaying looks what the person says up in the prose alone, and what software
// says in the whole text, even cut short.
func (f *facts) findSaying(s signal, phrase phraseForm) (int, bool) {
	if strings.HasPrefix(string(s), "says:") {
		return f.p.findProse(phrase.squashed)
	}
	if at, ok := f.p.findWords(phrase.squashed); ok {
		return at, true
	}
	return f.p.findCut(phrase.squashed, phrase.ends)
}

// wordEnds are the places in the squashed phrase where a word of it ends.
func wordEnds(phrase string) []int {
	var ends []int
	at := 0
	for word := range strings.FieldsFuncSeq(lowerASCII(phrase), func(r rune) bool { return r > 'z' || !isWord(byte(r)) }) {
		at += len(word)
		ends = append(ends, at)
	}
	return ends
}

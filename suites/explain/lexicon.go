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

// lexicon is all that other software is known to say, squashed for looking up.
var lexicon = sync.OnceValue(func() []saying {
	var list []saying
	for _, table := range [][]saying{tlsSayings, networkSayings, clientSayings, keySayings, proseSayings} {
		for _, s := range table {
			squashed := saying{signal: s.signal}
			for _, phrase := range s.phrases {
				squashed.phrases = append(squashed.phrases, squash(phrase))
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
func (f *facts) findSaying(s signal, phrase string) (int, bool) {
	if strings.HasPrefix(string(s), "says:") {
		return f.p.findProse(phrase)
	}
	if at, ok := f.p.findWords(phrase); ok {
		return at, true
	}
	return f.p.findCut(phrase)
}

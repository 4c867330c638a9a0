package explain

import (
	"strings"
	"sync"
)

// clause is a part of the text that says one thing: a sentence of the person, a
// half of it, or a line of a log. Its words are those of the lower-case text from
// start on.
type clause struct {
	start int
	words string
}

// clauseEnd is where one thing ends and the next begins: the end of a sentence or
// of a line, and the words that set one half of a sentence against the other.
var clauseEnd = sync.OnceValue(func() *shape {
	return shapeOf(`[.!?;](?:\s+|$)|\n+|,? (?:but|whereas|although|though|while|aber|jedoch|während|mais|alors que|pero|mientras|mas|enquanto|maar|terwijl|invece) `)
})

// wrapped is the least length of a line of prose that goes on in the next one.
const wrapped = 50

// maxProse is how many bytes at the beginning and at the end of a long text are
// read as what people tell: between them lies a log.
const maxProse = 4 << 10

// passages are the parts of a text, as long as the paste's, that people wrote.
func passages(text string) []clause {
	if len(text) <= 2*maxProse {
		return []clause{{0, text}}
	}
	return []clause{{0, text[:maxProse]}, {len(text) - maxProse, text[len(text)-maxProse:]}}
}

// clauses are the clauses of the text in their order.
func (p paste) clauses() []clause { return p.parts }

// split takes the text apart into clauses.
func (p paste) split() []clause {
	var list []clause
	for _, part := range passages(p.lower) {
		list = append(list, p.clausesIn(part)...)
	}
	return list
}

func (p paste) clausesIn(passage clause) []clause {
	var list []clause
	start, words := 0, passage.words
	for _, m := range clauseEnd().FindAllStringIndex(words, -1) {
		if m[0] < start || p.goesOn(passage.start+m[0]) {
			continue
		}
		end := m[0]
		if strings.IndexByte(".!?;", words[end]) >= 0 {
			end++
		}
		list = append(list, clause{passage.start + start, words[start:end]})
		start = m[1]
	}
	return append(list, clause{passage.start + start, words[min(start, len(words)):]})
}

// goesOn says whether the line that ends at the place is prose that somebody wrapped.
func (p paste) goesOn(end int) bool {
	if end == 0 || end+1 >= len(p.text) || p.text[end] != '\n' {
		return false
	}
	line := p.text[strings.LastIndexByte(p.text[:end], '\n')+1 : end]
	last, next := line[max(0, len(line)-1):], p.text[end+1]
	return len(line) >= wrapped && last != "" && (isWord(last[0]) || last == ",") && next >= 'a' && next <= 'z'
}

// mood is whether something is said to work.
type mood int

const (
	neutral mood = iota
	works
	fails
)

var (
	// unhindered are words that say of a thing that it works, by a negation.
	unhindered = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:no|without(?: a| any)?|zero|0|ohne|kein\w*|sans|sin|sem|senza|zonder|geen) (?:problem|issue|error|trouble|failure|fehler|probl|erreur|error|erro|fout)\w*`)
	})
	failing = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:not|no|never|cannot|without|fail\w*|errors?|denied|refused|reject\w*|invalid\w*|unsupported\w*|unauthorized|expired|wrong|broken|exception|40[0-9]|50[0-9]` +
			`|nicht|kein\w*|nie|fehler\w*|scheiter\w*|falsch\w*|pas|aucune?|erreur|échou\w*|não|erro|falha\w*|falla\w*|ningún|niet|geen|fout|non|errore|fallisce)\b|n't\b`)
	})
	working = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:works?|worked|working|ok|okay|fine|good|succe\w+|healthy|accept(?:s|ed)|passe[sd]|connects|issued|unhindered|200|logs? (?:me )?in|logged in|log on` +
			`|(?:get|gets|got|getting|receives?|received|returns?|returned|gives?|gave|obtain\w*|comes|have|has) (?:\w+ ){0,3}tokens?|tokens? (?:is |was |has been )?(?:comes|arrives?|there|returned|granted)|access_token["']?:|(?:works|refreshes|connects|runs) again|(?:form|page|screen|mask) (?:appears|comes|shows|opens|is shown)|goes (?:on|through)` +
			`|klappt\w*|geht|ging|funktionier\w*|läuft|lief|erfolgreich|fonctionn\w+|marche|réussi\w*|funciona\w*|correctamente|werkt|functioneert|lukt|gelukt|funziona\w*|va bene)\b`)
	})
)

// moodOf reads whether the words say that something works. A negation in them says
// that it does not.
func moodOf(words string) mood {
	words = unhindered().ReplaceAllString(words, "unhindered")
	switch {
	case failing().MatchString(words):
		return fails
	case working().MatchString(words):
		return works
	}
	return neutral
}

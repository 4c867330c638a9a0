package explain

import (
	"strings"
	"sync"
)

var (
	// otherAnswer is an error in a form of JSON that Salesforce's has not: its errors are
	// objects, or numbers, or stand under another name.
	otherAnswer = sync.OnceValue(func() *shape {
		return shapeOf(`\{\s*["'](?:error|errors|fault|detail|details|title|code|ok|meta|message|msg|result|data|status|success|type|reason)["']\s*:\s*(?:[\[{]|false\b|-?\d|["'][^"'\n]*["']\s*[,}])`)
	})
	// ourAnswer are the names that an error of Salesforce has.
	ourAnswer = sync.OnceValue(func() *shape { return shapeOf(`error_?code["']|error_description|statuscode["']|haserrors`) })
)

// readOtherAnswers sees another system's error on a line that does not name
// Salesforce, where another line says that Salesforce's part went well.
func (f *facts) readOtherAnswers() {
	if f.hasAny("wire", "salesforce-words", "salesforce-code") {
		return
	}
	at, well, start := -1, false, 0
	for line := range strings.SplitAfterSeq(f.p.lower, "\n") {
		ours := ownName.MatchString(line)
		switch bad := badStatus().MatchString(line); {
		case ours && !bad && moodOf(praise(line)) == works:
			well = true
		case ours && (bad || moodOf(line) == fails):
			return
		case bad && otherAnswer().MatchString(line) && !ourAnswer().MatchString(line):
			at = start
		}
		start += len(line)
	}
	if well && at >= 0 {
		f.add("foreign", at)
		f.add("foreign:said", at)
		f.add("system:another answer", at)
	}
}

// praise is a line in which words of work that is done stand as words of work that went well.
func praise(line string) string { return done.ReplaceAllString(line, "succeeded") }

var done = shapeOf(`\b(?:read|synced|completed|finished|done|loaded|extracted|exported|imported|fetched|healthy|connected|authenticated|abgeschlossen|terminée?|completado|concluído)\b`)

package explain

import "sync"

const (
	// parameterNames are those of requests for tokens, as their values are sent or logged.
	parameterNames = `(?:client_?id|client_?secret|consumer_?key|consumer_?secret|user_?name|password|refresh_?token|assertion|grant_?type)`
	// variable is how shells, CI systems and templates write what they put a value in for.
	variable = `(?:\$\{\{? ?[a-z]+[.:][\w.]+|\$\{[A-Z][A-Z0-9_]+\}|\$[A-Z][A-Z0-9_]+|%[A-Z][A-Z0-9_]+%|\{\{ ?[\w.]+ ?\}\}|<%= ?[\w.]+|#\{[\w.]+\})`
)

var (
	// singleQuoted is a parameter in quotes in which no shell puts values in.
	singleQuoted = sync.OnceValue(func() *shape {
		return shapeOf(`'(?:[\w.-]+=[^'&\n]*&)*` + parameterNames + `=` + variable + `|\b` + parameterNames + `'? ?=>? ?'\$\{?[A-Z][A-Z0-9_]+\}?'`)
	})
	// unexpanded is a parameter whose value is the name of a variable. It tells
	// something where the text shows what was sent, and nothing in source code.
	unexpanded = sync.OnceValue(func() *shape {
		return shapeOf(`\b` + parameterNames + `["']?(?:=|: ?)["']?` + variable + `|\b` + parameterNames + `=process\.env\.\w`)
	})
	// shownAsSent are words of those who show what went over the wire.
	shownAsSent = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:(?:request|post|form) (?:body|params|data|shows?|is|was)|payload|console|trace|dump|wire ?log|wireshark|fiddler|body sent|(?:is|was|were|gets?|got|are) (?:sent|posted)|sends|as it is|literal(?:ly)?|verbatim|unexpanded|not (?:expanded|replaced|substituted)|wörtlich|unersetzt|tel quel|littéralement|literalmente|tal cual|letterlijk)\b`)
	})
	// otherShell are places in which %NAME% is no variable.
	otherShell = sync.OnceValue(func() *shape {
		return shapeOf(`powershell|pwsh|\bps [a-z]:\\|\bbash\b|\bzsh\b|\blinux\b|\bmacos\b|\bwsl\b`)
	})
	percentName = sync.OnceValue(func() *shape {
		return shapeOf(`\b` + parameterNames + `["']?=["']?%[A-Z][A-Z0-9_]+%`)
	})
)

// readPlaceholders sees that a request was sent with the name of a variable in the
// place of its value.
func (f *facts) readPlaceholders() {
	if m := singleQuoted().FindStringIndex(f.p.text); m != nil {
		f.add("param:unexpanded", m[0])
		return
	}
	if m := unexpanded().FindStringIndex(f.p.text); m != nil && shownAsSent().MatchString(f.p.lower) {
		f.add("param:unexpanded", m[0])
		return
	}
	if m := percentName().FindStringIndex(f.p.text); m != nil && otherShell().MatchString(f.p.lower) {
		f.add("param:unexpanded", m[0])
	}
}

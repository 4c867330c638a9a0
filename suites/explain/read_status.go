package explain

import (
	"strings"
	"sync"
)

var statusShape = sync.OnceValue(func() *shape {
	return shapeOf(`(?:http(?:/[\d.]+)?[ :=]*|status(?:[ _-]?code)?["']?[ :=]*(?:of )?|responded with |answered (?:with )?|response code[ :=]*|returned |error[ :(]*|resulted in a .|\(|[-=]> ?|[a-z)"']: |[.;,] |→ ?|\b(?:got|gets?|gives?|answers?|says|with|is|a|an|only|always|now|then|from|code|devuelve|retorna|renvoie|restituisce|liefert|meldet|geeft|returns?|responds?|gave|status|http|erhalte|antwortet|mit|un|une|une erreur|um|uno) )(4\d\d|5\d\d|30[1278]|200)s?\b|\b(4\d\d|5\d\d|30[1278]) (?:unauthorized|forbidden|bad request|not found|moved|found|temporary redirect|permanent redirect|service unavailable)`)
})

// readStatus notes the HTTP statuses of the text.
func (f *facts) readStatus() {
	for _, m := range statusShape().FindAllStringSubmatchIndex(f.p.lower, 16) {
		from, to := m[2], m[3]
		if from < 0 {
			from, to = m[4], m[5]
		}
		f.add("status:"+signal(f.p.lower[from:to]), from)
	}
}

// readSystems notes other software that has a login of its own.
func (f *facts) readSystems() {
	for _, s := range systems {
		kind := signal("foreign")
		if s.cloud {
			kind = "other-cloud"
		}
		if at, ok := f.findAny(s.words); ok {
			f.add(kind, at)
			f.add(kind+":said", at)
			f.add("system:"+signal(s.name), at)
		} else if at, ok := f.findAny(s.names); ok {
			f.add(kind, at)
			f.add("system:"+signal(s.name), at)
		}
	}
	if m := otherTarget().FindStringSubmatchIndex(f.p.lower); m != nil && !ownName.MatchString(f.p.lower) {
		f.add("foreign", m[0])
		f.add("system:another host", m[0])
	}
}

func (f *facts) findAny(words []string) (int, bool) {
	for _, word := range words {
		find, form := f.p.findWords, squash(word)
		switch last := word[len(word)-1]; {
		case last == '-' || last == ':':
			find, form = f.p.findPrefix, lowerASCII(word) // "or a" is no ORA-
		case strings.Contains(word, "_"):
			find, form = f.p.findWord, lowerASCII(word) // a code is no part of a longer one
		}
		if at, ok := find(form); ok {
			return at, true
		}
	}
	return 0, false
}

// otherTarget finds a public host that was asked; ownName any mention of Salesforce.
var (
	otherTarget = sync.OnceValue(func() *shape {
		return shapeOf(`(?:\b(?:get|post|put|patch|delete)|for url:?|request to|calling|while requesting|url["']?\s*[:=]) *["']?https?://(?:[a-z0-9-]+\.)+(?:com|net|org|io|cloud|eu|dev|de|co)\b`)
	})
	ownName = shapeOf(`salesforce|sfdc|force\.com|sobject|soql|3mvg9|jsforce|restforce|/services/(?:oauth2|data|soap)|example\.(?:com|org|net)`)
)

package explain

import (
	"strings"
	"sync"
)

// scopeNames are the scopes by which a list of them is known, as values and as
// Setup labels them.
const scopeNames = `api|full|web|id|profile|email|address|phone|openid|refresh_token|offline_access|chatter_api|custom_permissions|visualforce|content|sfap_api|chatbot_api|pardot_api|cdp_\w+|mcp_api|einstein_gpt_api|wave_api|eclair_api|lightning`

var (
	// scopeList is a list of scopes behind a word for it, up to the end of the
	// line or of the sentence.
	scopeList = sync.OnceValue(func() *shape {
		return shapeOf(`scopes?\b["']?(?:[^\n=:.,;?]{0,48}?(?:=>|[:=]| are | is | only | just )\s*|\s+["'(])((?:[^\n.;]|\.[\w])+(?:\.\n|\n[^\n]*\()?)`)
	})
	scopeName = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:` + scopeNames + `)\b|at any time`)
	})
	// keptOffline are the names of the scope that brings a refresh token.
	keptOffline = shapeOf(`refresh_token|offline_access|refresh token|offline access|at any time|jederzeit|à tout moment|en cualquier momento`)
	// tokenBesides is said of a login that brought an access token and no refresh token.
	tokenBesides = sync.OnceValue(func() *shape {
		return shapeOf(`refresh[_ ]?token(?:\(\))?["']?\s*(?:(?:returns|is|comes(?: as| back)?|always|=>|[:=]|ist|est|es)\s*){0,3}["']?(?:undefined|null|none|nil|empty|missing|leer|vide)\b` +
			`|(?:never|not|no|without|any|where is|keinen?|pas de|ningún|sin) (?:\w+ ){0,3}refresh[_ ]?token|getrefreshtoken\(\) on null`)
	})
)

// readScopes looks what the scopes that the text lists lack.
func (f *facts) readScopes() {
	if m := tokenBesides().FindStringIndex(f.p.lower); m != nil {
		f.add("response:refresh-absent", m[0])
	}
	for _, m := range scopeList().FindAllStringSubmatchIndex(f.p.lower, 8) {
		list := f.p.lower[m[2]:m[3]]
		if m[0] > 0 && f.p.lower[m[0]-1] == '"' { // the key of JSON: its value is one string
			list = unquoted(list)
		}
		if len(scopeName().FindAllStringIndex(list, 2)) == 0 || strings.Contains(list, "...") || f.denied(m[2]) {
			continue
		}
		f.add("scopes:listed", m[0])
		if !keptOffline.MatchString(list) {
			f.add("scopes:no-refresh", m[0])
		}
		if !apiScope.MatchString(list) {
			f.add("scopes:no-api", m[0])
		}
	}
}

// unquoted is a list without what stands behind the quotes around it.
func unquoted(list string) string {
	if list[0] != '"' {
		return list
	}
	inner, _, _ := strings.Cut(list[1:], `"`)
	return inner
}

// apiScope are the names of the scopes that open the APIs.
var apiScope = shapeOf(`\bapi\b|\bfull\b|sfap_api|via apis|your data`)

// denied says whether a list is one of what is absent: "the scope api is missing".
func (f *facts) denied(at int) bool {
	line, _, _ := strings.Cut(f.p.lower[at:], "\n")
	return strings.Contains(line, "missing") || strings.Contains(line, "not selected") || strings.Contains(line, "not there")
}

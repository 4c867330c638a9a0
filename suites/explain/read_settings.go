package explain

import (
	"sync"
)

// off are words that say of a switch that it is not on, in front of it or behind it.
const off = `(?:off|not (?:ticked|checked|set|enabled|selected|active|available|supported|allowed)|isn't \w+|(?:un|de)(?:ticked|checked|selected|activated)|(?:switched|turned) off|disabled|blocked|retired|removed|no longer (?:available|supported|allowed|works?)|ausgeschaltet|deaktiviert|nicht (?:aktiviert|verfügbar)|désactivée?|desactivad[oa]|desativad[oa]|uitgeschakeld|disattivat[oa])`

// settings are what people and programs say of the settings of an org and its apps.
var settings = sync.OnceValue(func() []shapedSignal {
	var list []shapedSignal
	for _, s := range []struct{ signal, pattern string }{
		{"says:soap-login-off", `soap (?:api )?login(?:\(\))?(?: operation| call| method| api)?["']?[^\n]{0,24}?` + off + `|` + off + `[^\n]{0,24}soap (?:api )?login`},
		{"says:password-switch-off", `(?:user ?name[- ]password|password) flows?["']?[^.\n]{0,40}?` + off + `|` + off + `[^.\n]{0,40}user ?name[- ]password flow`},
		{"says:session-locked", `(?:lock|bind|tie|pin)(?:s|ed|ing)?\b[^.\n]{0,24}(?:session|token)[^.\n]{0,40}(?:ip|address|domain)|sessions?[^.\n]{0,24}(?:locked|bound|tied|pinned)[^.\n]{0,24}(?:ip|address)`},
		{"says:jwt-tokens", `jwt[^\n]{0,8}-?based access tokens?|json web token[^\n]{0,12}access tokens?|tokens? (?:is|are|was) (?:an? |in )?jwts?\b|access token[^.\n]{0,40}\bjwts?\b|\bjwt access tokens?\b|(?:token|it)[^.\n]{0,40}(?:begin|start)(?:s|ning)? with ["']?(?:eyj|00d)`},
		{"says:jwt-tokens-off", `jwt[^\n]{0,8}-?based access tokens?(?: for named users)?["']?[^.\n]{0,24}?` + off},
		{"token:opaque", `token_format["']?\s*[:=]\s*["']?opaque|opaque (?:access )?token|token is opaque|(?:begin|start|look)(?:s|ning|ing)? (?:with|like) ["']?00d`},
		{"api:needs-jwt", `api\.salesforce\.com|agent ?api|agentforce|\bmcp\b|sfap_api|chatbot_api|named users?|(?:must|should|has to|needs to) be an? jwt|(?:needs?|expects?|wants?) an? jwt|jwt (?:token )?(?:is )?(?:needed|required|expected)`},
		{"says:my-domain-only", `(?:require|prevent|enforce)\w*[^.\n]{0,24}(?:my domain login|login(?:s)? (?:from|via|through|at)[^\n]{0,12}login\.salesforce\.com)|login policy|my domain login (?:is )?(?:required|enforced)`},
		{"param:no-id", `\b(?:no|without|missing|keine?|sans|sin|sem) (?:\w+ )?(?:client[_ ]?id|consumer key)\b|\b(?:client[_ ]?id|consumer key)\b[^.\n]{0,24}\b(?:missing|empty|absent|not (?:sent|there|in the)|never (?:sent|arrives)|fehlt|leer|manqu\w+|falta|vac[ií]o)\b`},
		{"says:not-installed", `(?:not|never|n't)(?: \w+){0,2} installed|uninstalled|install(?:ed)? the package (?:not|yet)|(?:package|app|paket)\b[^.\n]{0,24}(?:not|never|n't|nicht)[^.\n]{0,12}install|approve uninstalled`},
		{"names:jwt", `\bjwts?\b|\bassertions?\b|server\.key`},
	} {
		list = append(list, shapedSignal{signal(s.signal), shapeOf(s.pattern)})
	}
	return list
})

func (f *facts) readSettings() {
	f.readShapes(settings())
}

// readShapes looks for shapes in what the person says.
func (f *facts) readShapes(shapes []shapedSignal) {
	for _, part := range passages(f.p.ownWords()) {
		for _, s := range shapes {
			if m := s.shape.FindStringIndex(part.words); m != nil {
				f.add(s.signal, part.start+m[0])
			}
		}
	}
}

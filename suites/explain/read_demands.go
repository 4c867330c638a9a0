package explain

import "sync"

// refreshDemand is a parameter of a library, told to be lacking: the library asked for
// a refresh token before it sent anything. A scope of that name is another thing.
var refreshDemand = sync.OnceValue(func() tale {
	return taleOf(`scope|offline|\bresponse\b|grant_type=|wsdl`,
		`refresh[_ -]?token\b`,
		lacking+`|not (?:passed|given|provided|supplied|set|specified|be (?:null|empty|blank|none|nil))|(?:cannot|can't|must not|may not|darf nicht) (?:be )?(?:null|empty|blank|none|nil|leer)`,
		`\b(?:parameters?|arguments?|options?|fields?|propert(?:y|ies)|keys?|inputs?|values?|attributes?|paramètres?|argumento?s?|parámetros?|parâmetros?|parametro)\b|(?:argument|type|value|key|validation)_?error|exception`,
	)
})

// readDemands notes the demand for a refresh token that the client has none of.
func (f *facts) readDemands() {
	if f.hasAny("wire:token-endpoint", "token:response") {
		return
	}
	for _, c := range f.p.clauses() {
		if at, ok := refreshDemand().in(c.words); ok && !supposed.MatchString(c.words) {
			f.add("local:no-refresh-token", c.start+at)
		}
	}
}

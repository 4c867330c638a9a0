package explain

import (
	"sync"
)

// values are what a setting or a parameter shows that never was filled in, or was
// filled with another thing.
var values = sync.OnceValue(func() []shapedSignal {
	return []shapedSignal{
		{"url:unexpanded", shapeOf(`https?://[^\s"'/]*(?:\$\{|\{\{|\$\(|<[a-z_-]+>|%[a-z_]+%|\$[a-z_]+\b|process\.env)`)},
		{"says:password-special", shapeOf(`(?:password|passwort|passe|contraseña|senha)[^\n]{0,60}(?:contains?|has|have|with|includes?|enthält|hat|mit|contient|avec|contiene|con|contém|com)[^\n]{0,20}["'` + "`" + `( ][&<]`)},
		{"names:token-field", shapeOf(`access_?token|instance_?url|token_?response|oauth_?token`)},
		{"token:none", shapeOf(`(?:oauth_?token|access_?token|session_?id)["'\]]*\s*(?:=>|=|:)\s*["']?(?:nil|null|none|undefined)\b`)},
		{"token:as-refresh", shapeOf(`refresh[_ ]?token\b[^\n.;]{0,40}?\b(?:holds|contains|begins|starts|is|has|value|beginnt|enthält|commence|empieza|começa)\b[^\n;]{0,20}?\b(?:00d|eyj)`)},
		{"token:placeholder", shapeOf(`refresh_?token["'\]]*\s*(?:=>|=|:)\s*["']?(?:` + placeholders + `)`)},
		{"param:no-secret", shapeOf(`secret\b["'` + "`" + `]?(?: [\wéèêàäöü]+){0,4}? (?:empty|missing|blank|commented out|unset|removed|forgotten|vergessen|oublié|omitted|not sent|null|undefined|leer|fehlt|vide|manque|vacío|vazio|vuoto|leeg)\b|\b(?:without|no|ohne|sans|sin|sem|senza|zonder) (?:the |a |any |das |le )?(?:client |consumer )?secret\b`)},
		{"config:lost", shapeOf(`\b(?:sf|sfdc|salesforce)_[a-z_]+\b[^\n.;]{0,24}(?:\bnot (?:set|defined|found|there|present)|\bunset|empty\)?|\bmissing|\bis (?:null|none|required)|nicht gesetzt|\bleer\b|\bvide\b)|\b(?:missing|unset|undefined|empty)\b[^\n.;]{0,40}\b(?:sf|sfdc|salesforce)_[a-z]`)},
		{"config:lost", shapeOf(`\becho\s+(?:""|'')?\s*>`)},
	}
})

// placeholders are values that examples have in the place of a secret; they are none.
const placeholders = `abc123\b|change_?me\b|your[ _-]|<[a-z _-]+>|x{4,}|dummy\b|placeholder\b`

// codeValue is an authorization code; Salesforce's begin alike.
var codeValue = sync.OnceValue(func() *shape {
	return shapeOf(`\baprx[\w.=]{8,}`)
})

// readRepeatedCode sees that one authorization code came twice.
func (f *facts) readRepeatedCode() {
	seen := map[string]bool{}
	for _, m := range codeValue().FindAllStringIndex(f.p.lower, 16) {
		code := f.p.lower[m[0]:m[1]]
		if seen[code] {
			f.add("says:code-reused", m[0])
		}
		seen[code] = true
	}
}

// readCarriedCode takes a code that somebody copies for that of a login, unless
// the text speaks of assertions: people copy other codes as well.
func (f *facts) readCarriedCode() {
	if f.has("says:code-carried") && !f.hasAny("names:jwt", "says:jwt") && !f.namesGrant() {
		f.add("says:code-flow", f.at["says:code-carried"][0])
	}
}

func (f *facts) readValues() {
	f.readRepeatedCode()
	for _, v := range values() {
		if m := v.shape.FindStringIndex(f.p.lower); m != nil {
			f.add(v.signal, m[0])
		}
	}
}

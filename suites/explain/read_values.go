package explain

import (
	"regexp"
	"sync"
)

// values are what a setting or a parameter shows that never was filled in, or was
// filled with another thing.
var values = sync.OnceValue(func() []oddURL {
	return []oddURL{
		{"url:unexpanded", regexp.MustCompile(`https?://[^\s"'/]*(?:\$\{|\{\{|\$\(|<[a-z_-]+>|%[a-z_]+%|\$[a-z_]+\b|process\.env)`)},
		{"token:none", regexp.MustCompile(`(?:oauth_?token|access_?token|session_?id)["'\]]*\s*(?:=>|=|:)\s*["']?(?:nil|null|none|undefined)\b`)},
		{"token:as-refresh", regexp.MustCompile(`refresh[_ ]?token\b[^\n.;]{0,40}?\b(?:holds|contains|begins|starts|is|has|value|beginnt|enthält|commence|empieza|começa)\b[^\n;]{0,20}?\b(?:00d|eyj)`)},
		{"token:placeholder", regexp.MustCompile(`refresh_?token["'\]]*\s*(?:=>|=|:)\s*["']?(?:` + placeholders + `)`)},
		{"param:no-secret", regexp.MustCompile(`\bsecret\b["'` + "`" + `]?(?: [\wéèêàäöü]+){0,4}? (?:empty|missing|blank|omitted|not sent|null|undefined|leer|fehlt|vide|manque|vacío|vazio|vuoto|leeg)\b|\b(?:without|no|ohne|sans|sin|sem|senza|zonder) (?:the |a |any |das |le )?(?:client |consumer )?secret\b`)},
		{"config:lost", regexp.MustCompile(`\becho\s+(?:""|'')?\s*>`)},
	}
})

// placeholders are values that examples have in the place of a secret; they are none.
const placeholders = `abc123\b|change_?me\b|your[ _-]|<[a-z _-]+>|x{4,}|dummy\b|placeholder\b`

func (f *facts) readValues() {
	for _, v := range values() {
		if m := v.shape.FindStringIndex(f.p.lower); m != nil {
			f.add(v.signal, m[0])
		}
	}
}

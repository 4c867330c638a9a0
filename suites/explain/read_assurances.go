package explain

import (
	"regexp"
	"strings"
	"sync"
)

// assurance is a thing that people say they have checked, and how they name it.
type assurance struct {
	signal signal
	thing  *regexp.Regexp
}

var assurances = sync.OnceValue(func() []assurance {
	var list []assurance
	for _, a := range []struct{ signal, thing string }{
		{"sure:key", `\b(?:consumer[ _-]?key|client[ _-]?id|(?:the|my|our|same) key|kundenschlüssel|clé (?:client|consommateur)|clave de consumidor)\b`},
		{"sure:secret", `\b(?:consumer[ _-]?secret|client[ _-]?secret|(?:the|my|our|same) secret|key and secret|id and secret|secreto|geheimnis)\b`},
		{"sure:password", `\b(?:passwords?|passwort|mot de passe|contraseña|senha|wachtwoord|credentials|zugangsdaten|identifiants|credenciales|credenciais)\b`},
		{"sure:app", `\b(?:(?:connected |external client )?app|eca|anwendung|application|aplicación|aplicativo)\b`},
		{"sure:approved", `\b(?:pre-?authori[sz]ed|permission ?set|profiles?|profil|perfil|berechtigungssatz)\b`},
		{"sure:scopes", `\bscopes?\b`},
		{"sure:pair", `\b(?:certificates?|zertifikat|certificat|certificado|fingerprints?|modulus)\b`},
	} {
		list = append(list, assurance{signal(a.signal), regexp.MustCompile(a.thing)})
	}
	return list
})

var (
	// assured are words that say that a thing was checked, or is there.
	assured = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\b(?:right|correct\w*|checked|double-?checked|triple-?checked|verified|compared|confirmed|identical|matches|match|valid|the same|fine|ok|okay|assigned|enabled|installed|exists?|visible|listed|in place|i (?:can )?see (?:it|the)|works?` +
			`|stimmt|stimmen|korrekt|richtig|geprüft|verglichen|zugewiesen|zugeordnet|aktiviert|bonne?s?|vérifiée?s?|correctos?|correctas?|verificad[oa]s?|cert[oa]s?|corret[oa]s?|juist|klopt|kloppen|gecontroleerd|corrett[oa]|giust[oa])\b`)
	})
	// doubted are words that take an assurance back.
	doubted = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\b(?:not|no|never|un(?:checked|sure)|if|whether|maybe|perhaps|probably|should|wrong|old|differ\w*|nicht|kein\w*|ob|vielleicht|pas|aucun\w*|peut-être|não|talvez|quizás|niet|geen|misschien|non|forse|fail\w*|invalid\w*|errors?|must|other)\b|n't\b|\?$`)
	})
)

// readAssurances notes what the person has checked: a cause that is said to be out
// of question is a cause less, though people err.
func (f *facts) readAssurances() {
	for _, c := range f.p.clauses() {
		if !assured().MatchString(c.words) || doubted().MatchString(unhindered().ReplaceAllString(c.words, "")) {
			continue
		}
		for _, a := range assurances() {
			if m := a.thing.FindStringIndex(c.words); m != nil && !named(c.words, m) {
				f.add(a.signal, c.start+m[0])
			}
		}
	}
}

// named says whether a word is the name of a parameter or its value, and not what is spoken of.
func named(words string, m []int) bool {
	return m[0] > 0 && strings.IndexByte(`=_/<`, words[m[0]-1]) >= 0 || m[1] < len(words) && strings.IndexByte(`=_(>`, words[m[1]]) >= 0
}

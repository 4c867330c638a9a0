package explain

import (
	"strings"
	"sync"
)

// assurance is a thing that people say they have checked, and how they name it.
type assurance struct {
	signal signal
	thing  *shape
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
		list = append(list, assurance{signal(a.signal), shapeOf(a.thing)})
	}
	return list
})

// ruledOut are settings that cannot be at fault where they are off.
var ruledOut = sync.OnceValue(func() []assurance {
	var list []assurance
	for _, a := range []struct{ signal, thing string }{
		{"off:login-hours", `login hours|anmeldezeiten|heures de connexion|horas? de (?:inicio|login|acceso|acesso)`},
		{"off:access-control", `api access control`},
		{"off:ip", `\bip (?:ranges?|restrictions?|relaxation|policy|polic\w+)|login ranges?|ip-(?:bereiche|beschränkung\w*)`},
		{"off:high-assurance", `high[- ]assurance`},
	} {
		list = append(list, assurance{signal(a.signal), shapeOf(a.thing)})
	}
	return list
})

// unset says of a setting that it is off.
var unset = sync.OnceValue(func() *shape {
	return shapeOf(`\b(?:off|none|no|not (?:set|active|on|used|enabled|ticked|required|defined)|disabled|empty|unset|relaxed|relax|keine|nicht (?:gesetzt|aktiv)|aus|pas (?:définies?|activée?)|sin|não|non)\b|n't (?:set|active|on|used|enabled|ticked|required|defined|any)`)
})

var (
	// assured are words that say that a thing was checked, or is there.
	assured = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:right|correct\w*|checked|double-?checked|triple-?checked|verified|compared|confirmed|identical|matches|match|valid|the same|fine|ok|okay|assigned|enabled|installed|exists?|visible|listed|in place|i (?:can )?see (?:it|the)|works?|yes|ja|oui|✓|✔` +
			`|stimmt|stimmen|korrekt|richtig|geprüft|verglichen|zugewiesen|zugeordnet|aktiviert|bonne?s?|vérifiée?s?|correctos?|correctas?|verificad[oa]s?|cert[oa]s?|corret[oa]s?|juist|klopt|kloppen|gecontroleerd|corrett[oa]|giust[oa])\b`)
	})
	// doubted are words that take an assurance back.
	doubted = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:not|no|never|un(?:checked|sure)|if|whether|maybe|perhaps|probably|should|wrong|old|differ\w*|nicht|kein\w*|ob|vielleicht|pas|aucun\w*|peut-être|não|talvez|quizás|niet|geen|misschien|non|forse|fail\w*|invalid\w*|errors?|must|other)\b|n't\b|\?$`)
	})
)

// readAssurances notes what the person has checked: a cause that is said to be out
// of question is a cause less, though people err. What is doubted elsewhere in the
// text is not checked.
func (f *facts) readAssurances() {
	own := f.p.ownWords()
	unsure := map[signal]bool{}
	for _, c := range f.p.clauses() {
		words := blank(unhindered(), own[c.start:c.start+len(c.words)])
		f.readRuledOut(words, c.start)
		doubt := doubted().MatchString(words)
		if !doubt && !assured().MatchString(words) {
			continue
		}
		for _, a := range assurances() {
			m := a.thing.FindStringIndex(words)
			if m == nil || named(words, m) {
				continue
			}
			if doubt {
				unsure[a.signal] = true
			} else {
				f.add(a.signal, c.start+m[0])
			}
		}
	}
	for s := range unsure {
		delete(f.at, s)
	}
}

// readRuledOut notes settings that are said to be off.
func (f *facts) readRuledOut(words string, start int) {
	if !unset().MatchString(words) {
		return
	}
	for _, a := range ruledOut() {
		if m := a.thing.FindStringIndex(words); m != nil {
			f.add(a.signal, start+m[0])
		}
	}
}

// labels are texts of Setup that sound as if somebody had checked something.
var labels = shapeOf(`admin approved users are pre-authorized|all users may self-authorize`)

// ownWords is the lower-case text in which the words of Salesforce are blank.
func (p paste) ownWords() string {
	b := []byte(p.lower)
	for i, at := range p.origin {
		if p.prose[i] == 0 {
			b[at] = ' '
		}
	}
	return blank(labels, string(b))
}

// named says whether a word is the name of a parameter or its value, and not what is spoken of.
func named(words string, m []int) bool {
	return m[0] > 0 && strings.IndexByte(`=_/<`, words[m[0]-1]) >= 0 || m[1] < len(words) && strings.IndexByte(`=_(>`, words[m[1]]) >= 0
}

// blank puts spaces in the place of what matches: all else keeps its place.
func blank(pattern *shape, text string) string {
	return pattern.ReplaceAllStringFunc(text, func(match string) string { return strings.Repeat(" ", len(match)) })
}

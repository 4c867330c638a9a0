package explain

import (
	"regexp"
	"sync"
)

// states are what people tell of a user or an org, in their own words: those of
// Salesforce name several states at once.
var states = sync.OnceValue(func() []oddURL {
	var list []oddURL
	for _, s := range []struct{ signal, pattern string }{
		{"says:user-locked", `(?:account|user|konto|benutzer\w*|login|utilisateur|compte|usuari[oa]|cuenta|conta|utente|gebruiker|he|she)\b[^.\n]{0,40}\b(?:locked|frozen|deactivated|inactive|not active|disabled|gesperrt|eingefroren|deaktiviert|inaktiv|bloqué|gelé|désactivé|bloquead[oa]|congelad[oa]|desactivad[oa]|inativ[oa]|bloccato|geblokkeerd)\b|\bunlock\b|\bunfreeze\b`},
		{"says:new-org", `\b(?:new|newer|newly created|fresh|brand[- ]new|neue[nr]?|nouvelle|nueva|nova) (?:\w+ ){0,2}(?:orgs?|organi[sz]ation|developer edition|playground|sandbox|trial)\b|\borg(?:ani[sz]ation)? (?:was |is |has been )?(?:created|new|set up|made)|\borgs? (?:from|since|created (?:in|after)) (?:\w+ )?20(?:2[3-9]|3\d)`},
	} {
		list = append(list, oddURL{signal(s.signal), regexp.MustCompile(s.pattern)})
	}
	return list
})

func (f *facts) readStates() {
	own := f.p.ownWords()
	for _, s := range states() {
		if m := s.shape.FindStringIndex(own); m != nil {
			f.add(s.signal, m[0])
		}
	}
}

package explain

import (
	"sync"
)

// states are what people tell of a user or an org, in their own words: those of
// Salesforce name several states at once.
var states = sync.OnceValue(func() []shapedSignal {
	var list []shapedSignal
	for _, s := range []struct{ signal, pattern string }{
		{"says:user-locked", `(?:account|user|konto|benutzer\w*|login|utilisateur|compte|usuari[oa]|cuenta|conta|utente|gebruiker|he|she)\b[^.\n]{0,40}\b(?:locked|frozen|deactivated|inactive|not active|disabled|gesperrt|eingefroren|deaktiviert|inaktiv|bloqué|gelé|désactivé|bloquead[oa]|congelad[oa]|desactivad[oa]|inativ[oa]|bloccato|geblokkeerd)\b|\bunlock\b|\bunfreeze\b|\bactive\b[^.\n]{0,16}(?:unchecked|unticked|not (?:checked|ticked)|false)|isactive\W{0,4}false`},
		{"says:new-org", `\b(?:new|newer|newly created|fresh|brand[- ]new|neue[nr]?|nouvelle|nueva|nova) (?:\w+ ){0,2}(?:orgs?|organi[sz]ation|developer edition|playground|sandbox|trial)\b|\borg(?:ani[sz]ation)? (?:was |is |has been )?(?:created|new|set up|made)|\borgs? (?:from|since|created (?:in|after)) (?:\w+ )?20(?:2[3-9]|3\d)`},
		{"says:secret-changed", `\b(?:consumer )?(?:secret|secreto|segredo|geheimnis)\b[^.\n]{0,40}\b(?:rotat\w+|regenerat\w+|reset|changed|renewed|replaced|erneuert|geändert|getauscht|regenerad[oa]|cambi\w+|changé|renouvelé|trocad[oa])\b|\b(?:rotat\w+|regenerat\w+|renew\w*|chang\w+) (?:\w+ ){0,3}secret\b`},
		{"says:denied", `\b(?:click|press|push|hit|chose|tap|wähl|klick|drück|cliqu|puls|clic)\w*[^.\n]{0,20}\b(?:deny|denied|ablehnen|verweigern|refuser|denegar|negar|rechazar|weigeren|nega|rifiuta)\b|\b(?:deny|ablehnen|verweigern|refuser|denegar|negar|rechazar)["']? (?:was |wurde )?(?:clicked|pressed|geklickt|gedrückt)`},
		{"exp:minus", `\bexp["'\]]*\s*(?:=>|[:=,])[^\n]{0,60}? - ?(?:\d|timedelta|duration|time)|exp[^.\n]{0,30}(?:in the past|lies before|vor jetzt|in der vergangenheit|dans le passé|en el pasado|nel passato|no passado)`},
	} {
		list = append(list, shapedSignal{signal(s.signal), shapeOf(s.pattern)})
	}
	return list
})

func (f *facts) readStates() {
	f.readShapes(states())
}

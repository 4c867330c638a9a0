package explain

import (
	"slices"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
)

// circumstance is something that people tell of their set-up, and the cause that it is.
type circumstance struct {
	cause fixtures.CauseID
	tale  tale
	// needs is a signal without which the tale is of something else.
	needs signal
}

var circumstances = sync.OnceValue(func() []circumstance {
	return []circumstance{
		{"run-as-user-missing", taleOf(`permission|profil`, `\brun[ -]as\b|execution user|ausführen als|exécuter en tant que|ejecutar como|executar como|esegui come|uitvoeren als`, negation+`|`+lacking+`|e-?mail|left|deleted|inactive|deactivated|deaktiviert|inaktiv`), ""},
		{"client-credentials-flow-not-enabled", taleOf(`support[\pL\w]*|available`, `client[ _-]credentials?[ -](?:flow|grant)`, shut), ""},
		{"jwt-audience-wrong", taleOf("", `\baud(?:ience)?\b`, unfit), ""},
		{"jwt-expired-or-clock-skew", taleOf("", `\bclocks?\b|system time|server time|vm time|\bntp\b|\buhr\b|systemzeit|horloge|\breloj\b|relógio|orologio|\bklok\b`, `\blate|behind|ahead|\boff\b|wrong|skew[\pL\w]*|drift[\pL\w]*|slow|fast|minutes?|sync[\pL\w]*|falsch|\bnach\b|\bvor\b|retard[\pL\w]*|avance|atrasad[\pL\w]+|adelantad[\pL\w]+|indietro|achter`), "names:jwt"},
		{"jwt-signature-certificate-mismatch", taleOf("", `certific[\pL\w]+|\bcrts?\b|\bcerts?\b|fingerprints?|modulus|public key|zertifikat[\pL\w]*|key pair`, `(?:not|n't|never) (?:[\pL\w]+ ){0,3}(?:match|pair|same|belong|that|of|upload[\pL\w]*|replaced)|differ[\pL\w]*|mismatch[\pL\w]*|\bold\b|\bother\b|another|wrong|forgot[\pL\w]*|passt nicht|alte[ns]?\b|nicht (?:[\pL\w]+ ){0,2}(?:hochgeladen|ausgetauscht)|ancien|antigu[\pL\w]+|vergessen|oublié`), "names:jwt"},
		{"ip-restricted", taleOf(`session`, `\bips?\b|\bip[- ]ad[\pL\w]+|address(?:es)?\b|(?:login|trusted)[ -](?:ip[ -])?(?:ranges?|networks?)|login-ip[\pL\w]*|plages? ip|rangos? (?:de )?ip`, `restrict[\pL\w]*|(?:not|n't|nicht) (?:[\pL\w]+ ){0,2}(?:allowed|in|within|on|part|zulässig|erlaubt)\b|outside|außerhalb|removed|changed|moved|blocked|hors|fuera|fora\b|autoris[\pL\w]+|permitid[\pL\w]+`, `range|trusted|restrict|profile?|login|policy|allow|zulässig|erlaubt|autoris|permitid`), ""},
		{"wrong-instance-url-after-login", taleOf("null|undefined|empty", `instance_?url|instance url`, `overwrit[\pL\w]*|overrid[\pL\w]*|replaced|ignored?s?\b|not used|n't use|hard-?coded|fixed|login_?url|ignorier[\pL\w]*|überschrieben|écrasée?|sobrescrit[\pL\w]*`), "code:INVALID_SESSION_ID"},
		{"login-hours-restricted", taleOf(negation, `login hours|anmeldezeiten|anmeldestunden|heures de connexion|horas? de (?:inicio|login|acceso|acesso)|orari di accesso|inloguren`), ""},
		{"org-expired-or-inactive", taleOf("", `\btrial\b|testversion|probezeitraum|période d'essai|periodo de prueba|período de teste|proefperiode`, `\bended|\bover\b|expired|finished|\bup\b|abgelaufen|zu ende|terminée?|expirée?|vencid[\pL\w]+|terminad[\pL\w]+|finaliz[\pL\w]+|verlopen`), ""},
		{"app-blocked-or-not-installed", taleOf("", `\bapps?\b|\beca\b|package|anwendung|application|aplicaci[\pL\w]+|aplicativo`, `\bblocked|\bblocks?\b|not installed|n't installed|uninstalled|disabled|deaktiviert|gesperrt|nicht installiert|bloqu[\pL\w]+|désactivée?|no (?:está )?instalad[\pL\w]+|não (?:está )?instalad[\pL\w]+`), ""},
		{"password-or-security-token-wrong", taleOf("", `passwords?|security token|passwort|mot de passe|contraseña|senha|wachtwoord`, `\bchanged|\breset|\bnew\b|\bold\b|forgot[\pL\w]*|without|not (?:appended|added)|geändert|zurückgesetzt|changé|réinitialis[\pL\w]+|cambi[\pL\w]+|alterad[\pL\w]+|gewijzigd`), "says:password-flow"},
		{"user-not-admin-approved", taleOf("", `permission ?sets?|profiles?|berechtigungssatz|profil\b`, `(?:not|n't|never|nicht) (?:[\pL\w]+ ){0,3}(?:assigned|added|got|have|has|zugewiesen|zugeordnet)|lacks?|fehlt`), "alone:invalid_app_access"},
	}
})

const (
	// told is how strongly a circumstance speaks where no words of Salesforce do.
	told = 0.62
	// toldToo is the same where Salesforce's words allow the cause as well.
	toldToo = 0.35
)

// readCircumstances notes what people tell of their set-up.
func (f *facts) readCircumstances() {
	own := f.p.ownWords()
	if len(own) > maxTold {
		return
	}
	for _, c := range f.p.clauses() {
		words := own[c.start : c.start+len(c.words)]
		for _, k := range circumstances() {
			if at, ok := k.tale.in(words); ok && (k.needs == "" || f.has(k.needs)) && !supposed.MatchString(words) {
				f.add("told:"+signal(k.cause), c.start+at)
			}
		}
	}
}

// circumstanceClaims are what the tale says: much where Salesforce's words are not
// in the text, more than before where they allow the cause, and nothing where they are
// those of another.
func circumstanceClaims(f *facts, claims []claim) []claim {
	var list []claim
	for _, k := range circumstances() {
		from := "told:" + signal(k.cause)
		if !f.has(from) || slices.ContainsFunc(list, func(c claim) bool { return c.cause == k.cause }) {
			continue
		}
		allowed := slices.ContainsFunc(claims, func(c claim) bool { return c.cause == k.cause && c.weight > 0 })
		switch {
		case f.hasAny("wire", "salesforce-words", "token:response"):
			if allowed {
				list = append(list, claim{cause: k.cause, weight: toldToo, from: from})
			}
		case f.hasAny("login-refused", "salesforce-code") || f.has("says:failure") && f.namesSalesforce():
			list = append(list, claim{cause: k.cause, weight: told, from: from})
		}
	}
	return list
}

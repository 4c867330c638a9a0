package explain

import (
	"sync"

	"github.com/sfconform/sfconform/fixtures"
)

// tale is a thing and what is said of it: all of the shapes stand in one
// clause, in any order and language, and the last one does not.
type tale struct {
	all   []*shape
	never *shape
}

// taleOf makes a tale of shapes; the first names the thing.
func taleOf(never string, shapes ...string) tale {
	var t tale
	for _, s := range shapes {
		t.all = append(t.all, shapeOf(s))
	}
	if never != "" {
		t.never = shapeOf(never)
	}
	return t
}

// maxTale is how far apart in bytes the parts of a tale stand.
const maxTale = 120

// in is the place of the tale in the words of a clause.
func (t tale) in(words string) (int, bool) {
	place, first, last := -1, len(words), 0
	for i, shape := range t.all {
		m := shape.FindStringIndex(words)
		if m == nil || named(words, m) {
			return 0, false
		}
		if i == 0 {
			place = m[0]
		}
		first, last = min(first, m[0]), max(last, m[1])
	}
	return place, last-first <= maxTale && (t.never == nil || !t.never.MatchString(words))
}

// Words of several languages that tales are made of.
const (
	negation = `\b(?:not|no|never|none|without|isn|nicht|kein[\pL\w]*|ohne|pas|aucune?|sans|sin|ningun[\pL\w]*|ningún|não|sem|nenhum[\pL\w]*|non|senza|nessun[\pL\w]*|niet|geen|zonder)\b|n't\b`
	unfit    = `\binvalid\b|n't valid|not (?:valid|accepted|right|correct)|\bwrong\b|\brejected|mismatch[\pL\w]*|(?:not|n't) match|differ[\pL\w]*|ungültig[\pL\w]*|falsch[\pL\w]*|stimmt nicht|invalide|incorrecte?|inválid[\pL\w]*|incorrect[\pL\w]*|errad[\pL\w]*|non valid[\pL\w]*|ongeldig[\pL\w]*|onjuist[\pL\w]*`
	lacking  = `missing|empty|blank|absent|required|requires?|needed|mandatory|fehl[\pL\w]+|leer|erforderlich|verlangt|manqu[\pL\w]+|vide|requise?|obligat[\pL\w]+|falta[\pL\w]*|vac[ií]o|exig[\pL\w]+|requier[\pL\w]+|mancante|richiest[\pL\w]+|ontbreekt|verplicht`
	shut     = `✗|✘|❌|☐|not (?:enabled|activated|ticked|allowed|on)|n't (?:enabled|activated|ticked|allowed|on)\b|\boff\b|disabled|unticked|deactivated|blocked|deaktiviert|nicht (?:aktiviert|erlaubt|zulässig)|ausgeschaltet|désactivée?|pas (?:activée?|autorisée?)|desactivad[\pL\w]+|deshabilitad[\pL\w]+|no (?:está )?(?:habilitad|activad|permitid)[\pL\w]+|desativad[\pL\w]+|não (?:está )?(?:habilitad|permitid)[\pL\w]+|disattivat[\pL\w]+|non (?:è )?(?:abilitat|attiv|consentit)[\pL\w]+|niet (?:ingeschakeld|toegestaan)|uitgeschakeld`
)

// retellings are refusals of Salesforce as people tell them in their own words.
var retellings = sync.OnceValue(func() []struct {
	refusal fixtures.RefusalID
	tale    tale
} {
	return []struct {
		refusal fixtures.RefusalID
		tale    tale
	}{
		{"app-not-installed", taleOf("", `external client app[\pL\w]*|\becas?\b`, `(?:not|n't|nicht|pas|no|não|non|niet) (?:[\pL\w]+ ){0,3}(?:install[\pL\w]*|found|gefunden|trouvée?|encontrad[\pL\w]+|geïnstalleerd)|uninstalled`)},
		{"user-not-admin-approved", taleOf(`consumer`, `\badmin[\pL\w]*`, `approv[\pL\w]+|genehmig[\pL\w]+|approuv[\pL\w]+|aprob[\pL\w]+|aprov[\pL\w]+|goedgekeurd`, negation)},
		{"user-not-approved", taleOf(`\badmin[\pL\w]*`, `approv[\pL\w]+|authori[sz]ed|genehmig[\pL\w]+|zugestimmt|freigegeben|approuv[\pL\w]+|autoris[\pL\w]+|aprob[\pL\w]+|aprov[\pL\w]+|autoriz[\pL\w]+|approvat[\pL\w]+|goedgekeurd`, `consumer|verbraucher|consommateur|consumidor|consumatore|consument`, negation)},
		{"client-id-unknown", taleOf("", `client[ _-]?(?:id|identifier|identi[\pL\w]+)\b|consumer[ _-]?key|kundenschlüssel|identifiant client`, `\binvalid\b|n't (?:valid|known)|unknown|not (?:known|found|valid|recogni[sz]ed)|ungültig[\pL\w]*|unbekannt[\pL\w]*|invalide|inconnue?|inválid[\pL\w]*|desconocid[\pL\w]*|desconhecid[\pL\w]*|non valid[\pL\w]*|ongeldig[\pL\w]*|onbekend[\pL\w]*`)},
		{"client-secret-wrong", taleOf("", `(?:client|consumer)[ _-]?secret`, unfit)},
		{"run-as-missing", taleOf("", `client[ _-]credentials? users?`, negation)},
		{"client-credentials-flow-off", taleOf(`support[\pL\w]*|available`, `client[ _-]credentials?[ -](?:flow|grant)`, shut)},
		{"audience-invalid", taleOf("", `\baud(?:ience)?\b|zielgruppe`, unfit)},
		{"ip-restricted", taleOf(`session`, `\bips?\b|\bip[- ]ad[\pL\w]+|adresse ip|dirección ip|endereço ip|indirizzo ip`, `restrict[\pL\w]*|zulässig|erlaubt|allowed|autorisée?|permitid[\pL\w]+|consentit[\pL\w]+|toegestaan|outside|außerhalb|blocked|gesperrt|denied|refusée?|bloquée?`)},
		{"scope-not-allowed", taleOf(`parameter`, `\bscopes?\b`, `(?:not|n't|nicht|pas|no|não|non|niet) (?:[\pL\w]+ ){0,2}(?:allowed|available|erlaubt|verfügbar|autorisée?|disponible|permitid[\pL\w]+|disponível|consentit[\pL\w]+|toegestaan)`)},
		{"redirect-uri-mismatch", taleOf("", `redirect[ _-]?ur[il]|callback[ _-]?(?:ur[il]|address)`, `(?:not|n't|nicht|pas|no|não|non|niet) (?:[\pL\w]+ ){0,3}(?:match[\pL\w]*|überein[\pL\w]*|correspond[\pL\w]*|coincid[\pL\w]+|corrispond[\pL\w]+|overeen[\pL\w]*)|mismatch[\pL\w]*|differ[\pL\w]*|not registered`)},
		{"code-challenge-missing", taleOf("", `code[ _-]?challenge|proof key`, lacking)},
		{"code-verifier-invalid", taleOf("", `code[ _-]?verifier`, unfit)},
		{"host-generic", taleOf("", `\brequest|anfrage|requête|solicitud|requisição|richiesta`, `(?:not|n't|nicht|pas|no|não|non|niet) (?:[\pL\w]+ ){0,2}(?:support[\pL\w]*|unterstützt|supportée?|soportad[\pL\w]+|suportad[\pL\w]+|ondersteund)`, `\bdomain[\pL\w]*|dominio|domínio|domein`)},
		{"org-inactive", taleOf(`session|token|password`, `\borg\b|organi[sz][\pL\w]+|organización|organização`, `inactive|\blocked|suspended|closed|inaktiv|gesperrt|inactif|inactiva|suspendid[\pL\w]+|suspendue?|bloquead[\pL\w]+|inativa|inattiva`)},
		{"api-disabled-for-user", taleOf(`soap|login\(\)`, `\bapi\b`, shut, `user|profil[\pL\w]*|benutzer[\pL\w]*|utilisateur|usuari[oa]|utente|gebruiker`)},
		{"password-expired", taleOf(`session|token`, `\bpasswords?|passwort|mot de passe|contraseña|senha|wachtwoord`, `expired|abgelaufen|expirée?|caducad[\pL\w]+|vencid[\pL\w]+|expirad[\pL\w]+|scadut[\pL\w]+|verlopen`)},
		{"request-limit-exceeded", taleOf(`login`, `\bapi\b|requests?|anfragen?|requêtes|solicitudes|chamadas|llamadas`, `limit[\pL\w]*|quota|kontingent|límite|cuota|cota`, `reach[\pL\w]*|exceed[\pL\w]*|used up|exhaust[\pL\w]*|\bhit\b|erreicht|überschritten|aufgebraucht|attein[\pL\w]*|dépass[\pL\w]*|alcanzad[\pL\w]+|superad[\pL\w]+|atingid[\pL\w]+|raggiunt[\pL\w]+|bereikt`)},
	}
})

// maxTold is the size in bytes of what is read as somebody's tale: a log is none.
const maxTold = 6 << 10

// readRetold finds refusals in people's own words, where the text has none in
// Salesforce's.
func (f *facts) readRetold() {
	if f.hasAny("wire", "local:html", "foreign:said", "other-cloud:said") || len(f.p.lower) > maxTold || !f.namesSalesforce() && !f.has("says:eca") {
		return
	}
	for _, c := range f.p.clauses() {
		for _, r := range retellings() {
			if at, ok := r.tale.in(c.words); ok && !supposed.MatchString(c.words) {
				f.retold(r.refusal, c.start+at)
				f.p.hideClause(c)
				return
			}
		}
	}
}

// retold notes the refusal by all entries that share its words.
func (f *facts) retold(id fixtures.RefusalID, at int) {
	for _, w := range wireTexts() {
		for _, r := range w.refusals {
			if r.ID == id {
				f.wire(w, at)
				return
			}
		}
	}
}

// hideClause takes a clause out of what the person says besides.
func (p *paste) hideClause(c clause) {
	prose := []byte(p.prose)
	for i, at := range p.origin {
		if int(at) >= c.start && int(at) < c.start+len(c.words) {
			prose[i] = 0
		}
	}
	p.prose = string(prose)
}

// supposed are words of a clause that names what may be, and not what is.
var supposed = shapeOf(`less likely|\beither\b|possibly|\bmight\b|\bmay (?:be|have)\b|perhaps|maybe|could be|eventuell|vielleicht|peut-être|quizás|talvez|forse|misschien|^\W*(?:is|are|does|do|did|can|could|should|will|would|what|why|how|which|when|ist|sind|muss|kann|wie|warum|est-ce|pourquoi|comment)\b[^?]*\?$`)

package explain

import "sync"

// admission is a vendor who says that the fault was the vendor's: who speaks, that it
// is said, what went wrong, and what of the vendor's own it was.
var admission = sync.OnceValue(func() tale {
	return taleOf(`salesforce (?:trust|support|status)|(?:trust|status)\.salesforce|\b(?:not (?:a|an|the|our|on|in|by)|no (?:bug|fault|incident|problem|issue|error)|kein\w*|pas de|nada)\b|n't `,
		`\b(?:vendor\w*|providers?|supplier|support(?: team)?|status ?page|maintainers?|zapier|fivetran|workato|boomi|tray|hersteller\w*|anbieter\w*|éditeur|fournisseur|proveedor|fornecedor|fornitore|leverancier)\b`,
		`\b(?:said|says|wrote|writes|answer(?:s|ed)|repl(?:ies|ied)|confirm(?:s|ed)|admit(?:s|ted)|told|posted|reports?|reported|acknowledged|apologi[sz]ed|mitgeteilt|teilt mit|schreibt|bestätigt|écrit|répond|confirme|escribe|confirma|responde|scrive|bevestigt)\b|:`,
		`\b(?:bugs?|regression|faults?|defect|mistake|incident|outage|problem|issue|errors?|broken|broke|caused|bad|failed|faulty|wrong|fehler|störung|kaputt|défaut|erreur|panne|incidente|fallo|falla|falha|erro|guasto|errore|fout|storing)\b`,
		`\b(?:our|unser\w*|notre|nos|nuestr[oa]s?|noss[oa]s?|nostr[oaie]|onze) (?:own )?(?:[\pL\w]+[ -]){0,2}?(?:side|end|part|fault|mistake|bug|services?|deploy\w*|release|workers?|backend|platform|gateway|proxy|servers?|code|connectors?|integration|infrastructure|systems?|update|change|migration|rollout|token-?dienst|dienst\w*|seite|plattform|côté|plateforme|lado|plataforma|servicio|serviço|sistema|lato|servizio|kant|dienst)\b`,
	)
})

// readAdmissions notes that a vendor owns up to the fault. Salesforce is no vendor of
// the client.
func (f *facts) readAdmissions() {
	own := f.p.ownWords()
	for _, c := range f.p.clauses() {
		words := own[c.start : c.start+len(c.words)]
		if at, ok := admission().in(words); ok && !supposed.MatchString(words) {
			f.add("told:vendor-fault", c.start+at)
		}
	}
}

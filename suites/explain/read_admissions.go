package explain

import "sync"

// admission is a vendor who says that the fault was the vendor's: who speaks, and
// what of the vendor's own it was.
var admission = sync.OnceValue(func() *shape {
	return shapeOf(`\b(?:vendor\w*|providers?|supplier|support(?: team)?|status ?page|maintainers?|hersteller\w*|anbieter\w*|éditeur|fournisseur|proveedor|fornecedor|fornitore|leverancier)\b[^\n]{0,100}?` +
		`(?:\b(?:bug|regression|fault|defect|mistake|incident|outage|problem|issue|error|fehler|störung|erreur|incidente|fallo|falha|guasto) (?:\w+ ){0,3}?(?:in|on|at|of|from|with|by|auf|bei|de|en|em|in) (?:our|unser\w*|notre|nos|nuestr\w+|nossos?|nossas?|nostr\w+|onze) ` +
		`|\b(?:broken|caused|broke|affected|triggered) (?:\w+ ){0,3}?by (?:our|a (?:deploy|release|change|bug)\w*) ` +
		`|\b(?:our|unser\w*|notre|nuestr\w+|noss[oa]|nostr[oa]|onze) (?:\w+ ){0,2}?(?:fault|bug|mistake|regression|fehler|faute|erreur|error|erro|fout)\b` +
		`|\bwe (?:broke|introduced|caused|shipped a)\b)`)
})

// readAdmissions notes that a vendor owns up to the fault. Salesforce is no vendor of
// the client.
func (f *facts) readAdmissions() {
	own := f.p.ownWords()
	for _, part := range passages(own) {
		m := admission().FindStringIndex(part.words)
		if m != nil && !denied.MatchString(part.words[m[0]:m[1]]) && !trusted.MatchString(part.words[m[0]:m[1]]) {
			f.add("told:vendor-fault", part.start+m[0])
		}
	}
}

// trusted is where Salesforce itself tells of its incidents.
var trusted = shapeOf(`salesforce (?:trust|support|status)|trust\.salesforce|status\.salesforce`)

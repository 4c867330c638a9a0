package explain

import (
	"strings"
	"sync"
)

const (
	wishWords  = `(?:choose|chose|chosen|select\w*|picked|configur\w*|meant|mean|want(?:ed)?|set (?:up )?(?:to|as|for)|switched to|(?:does(?:n'?t| not)|why not|not|never|nicht|pas) use|should (?:use|be|do|send)|expect(?:ed)?|promis\w+|eingestellt|gewählt|ausgewählt|konfiguriert|choisi\w*|paramétré\w*|elegí|elegido|escolhi\w*|scelto|impostato|ingesteld|gekozen)`
	grantWords = `(client[ _-]?credentials|jwt(?:[ _-]bearer)?|web server flow|authorization[ _-]code|refresh[ _-]token (?:flow|grant)|username[- ]password|password (?:flow|grant))`
)

// meantGrants find the grant that somebody says was meant: behind the word for it,
// or before a participle.
var meantGrants = sync.OnceValue(func() []*shape {
	return []*shape{
		shapeOf(`\b` + wishWords + `\b[^\n.;]{0,60}?\b` + grantWords + `\b`),
		shapeOf(`\b` + grantWords + `\b[^\n.;=]{0,40}?\b(?:eingestellt|gewählt|ausgewählt|konfiguriert|choisie?s?|configurée?s?|ingesteld|gekozen|(?:is|was|are) (?:selected|chosen|configured|meant|wanted))\b`),
	}
})

// tokenFormat follows a jwt that is the format of a token and no grant.
var tokenFormat = shapeOf(`^[ -]?(?:based|format|access|token)`)

// readMeantGrant compares the grant that was meant with the one that was sent.
func (f *facts) readMeantGrant() {
	for _, shape := range meantGrants() {
		for _, m := range shape.FindAllStringSubmatchIndex(f.p.lower, 8) {
			meant := grantOfName(f.p.lower[m[2]:m[3]])
			if f.namesGrant() && !f.has(meant) && !tokenFormat.MatchString(f.p.lower[m[3]:]) {
				f.add("grant:not-the-one-meant", m[0])
			}
		}
	}
}

// grantOfName is the signal of a grant that a person names.
func grantOfName(name string) signal {
	switch {
	case strings.HasPrefix(name, "client"):
		return "grant:client_credentials"
	case strings.HasPrefix(name, "jwt"):
		return "grant:jwt"
	case strings.HasPrefix(name, "refresh"):
		return "grant:refresh"
	case strings.HasPrefix(name, "web"), strings.HasPrefix(name, "auth"):
		return "grant:code"
	}
	return "grant:password"
}

// builtHost is how people say that a program, and not they, made a host.
var builtHost = sync.OnceValue(func() *shape {
	return shapeOf(`never (?:typed|wrote|entered|configured)|(?:sdk|library|lib|client|driver|connector|gem|package|plugin|module) (?:then )?(?:calls?|builds?|makes?|uses?|turns?|strips?|requests?|derives?)|instance[_ ]?url|server_?url|/gems/|site-packages|node_modules|nowhere in (?:our|my)|nicht (?:ich|wir)|baut|construit|construye`)
})

// readBuiltHost sees that the name that does not resolve is not the org's, but one
// that a program made of it.
func (f *facts) readBuiltHost() {
	if !f.hasAny("dns:of-my-domain", "dns:failed") {
		return
	}
	told := builtHost().FindStringIndex(f.p.lower)
	if told == nil {
		return
	}
	hosts := map[string]bool{}
	for _, m := range hostShape().FindAllStringSubmatch(f.p.lower, 64) {
		if kind := kindOfHost(m[2]); kind == "host:mydomain" || kind == "host:sandbox" || kind == "host:instance" || kind == "host:bare" {
			hosts[lettersOf(m[2])+" "+m[2]] = true
		}
	}
	if len(hosts) > 1 && alike(hosts) {
		f.add("host:built", told[0])
	}
}

// lettersOf are the first letters and digits of a host name.
func lettersOf(host string) string {
	label, _, _ := strings.Cut(host, ".")
	return squash(label)[:min(4, len(squash(label)))]
}

// alike says whether two of the hosts begin alike.
func alike(hosts map[string]bool) bool {
	seen := map[string]bool{}
	for key := range hosts {
		start, _, _ := strings.Cut(key, " ")
		if seen[start] {
			return true
		}
		seen[start] = true
	}
	return false
}

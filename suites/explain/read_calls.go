package explain

import (
	"slices"
	"strings"
	"sync"
)

var (
	// dataPath is the path of a call of an API.
	dataPath = shapeOf(`^/services/(?:data|async|apexrest|soap)\b`)
	// callWords are said of where the calls behind the login go.
	callWords = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:base(?:[ _-]?url)?|(?:rest|api|data|next|later|following) (?:calls?|requests?)|quer(?:y|ies) (?:go|goes|to|are sent)|calls? (?:go|goes|are sent|to)|(?:send|use|pass|post)(?:s|ed|ing)? (?:it|the token|them) (?:to|at|against|with)|aufrufe|abfragen|appels?|appelle|llamadas?|chamadas?)\b`)
	})
)

// readCalls compares the host of the calls with instance_url of the login's
// answer, and notes calls that are said to go to a login host.
func (f *facts) readCalls() {
	var given []string
	hosts := hostShape().FindAllStringSubmatchIndex(f.p.lower, 32)
	for _, m := range hosts {
		if answered().MatchString(f.p.lower[max(0, m[0]-32):m[0]]) {
			given = append(given, part(f.p.lower, m, 2))
		}
	}
	for _, m := range hosts {
		host := part(f.p.lower, m, 2)
		called := dataPath.MatchString(part(f.p.lower, m, 4)) && kindOfHost(host) != ""
		if called && len(given) > 0 && !slices.Contains(given, host) {
			f.add("calls:elsewhere", m[0])
		}
	}
	for _, c := range f.p.clauses() {
		f.readCallWords(c, given)
	}
}

// readCallWords notes the hosts that calls are said to go to.
func (f *facts) readCallWords(c clause, given []string) {
	if !callWords().MatchString(c.words) {
		return
	}
	for _, m := range hostShape().FindAllStringSubmatchIndex(c.words, 4) {
		host := part(c.words, m, 2)
		if kindOfHost(host) == "" || strings.HasPrefix(part(c.words, m, 4), "/services/oauth2") || answered().MatchString(c.words[:m[0]]) {
			continue
		}
		f.add("calls-at:"+signal(strings.TrimPrefix(string(kindOfHost(host)), "host:")), c.start+m[0])
		if len(given) > 0 && !slices.Contains(given, host) {
			f.add("calls:elsewhere", c.start+m[0])
		}
	}
}

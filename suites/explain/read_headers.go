package explain

import (
	"strings"
	"sync"
)

// dataRequest is the first line of a request to an API that wants an access token.
var dataRequest = sync.OnceValue(func() *shape {
	return shapeOf(`(?m)^[>\s]*(?:get|post|patch|put|delete|head) (?:https?://[a-z0-9.-]+)?/services/(?:data|apexrest|async|soap|oauth2/userinfo)\S* http/[\d.]+\s*$`)
})

var headerLine = shapeOf(`^[>\s]*([a-z][a-z0-9-]*):(?:\s|$)`)

// leastHeaders is how many headers a request shows that is shown whole.
const leastHeaders = 2

// readShownHeaders sees that a request which is shown with its headers has none
// for the access token.
func (f *facts) readShownHeaders() {
	for _, m := range dataRequest().FindAllStringIndex(f.p.lower, 8) {
		count, host, authorized := 0, false, false
		for line := range strings.SplitSeq(strings.TrimPrefix(f.p.lower[m[1]:], "\n"), "\n") {
			name := headerLine.FindStringSubmatch(line)
			if name == nil {
				break
			}
			count++
			host = host || name[1] == "host"
			authorized = authorized || name[1] == "authorization" || strings.Contains(line, "sessionid")
		}
		if host && count >= leastHeaders && !authorized {
			f.add("header:missing", m[0])
		}
	}
}

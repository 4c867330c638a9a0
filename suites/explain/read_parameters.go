package explain

import (
	"strings"
	"sync"
)

// Shapes of a request that is shown with all its parameters.
var (
	// formBody is a body as it goes over the wire.
	formBody = sync.OnceValue(func() *shape {
		return shapeOf(`(?:[\w.\[\]-]+=[^\s&"'<>]*&)*grant_type=[^\s&"'<>]+(?:&[\w.\[\]-]+=[^\s&"'<>]*)*`)
	})
	// mapBody are the same parameters as a program prints them.
	mapBody = sync.OnceValue(func() *shape {
		return shapeOf(`[{(\[][^{}()]*["':]?grant_type["'\]]*\s*(?:=>|[:=])[^{}()]*[})\]]`)
	})
	// curlCommand is a whole command, with the lines that it goes on in.
	curlCommand = sync.OnceValue(func() *shape {
		return shapeOf(`\bcurl\b(?:[^\n]*\\\n)*[^\n]*grant_type(?:[^\n]*\\\n)*[^\n]*`)
	})
	// dumped are headers of a request: what comes with them is the request itself.
	dumped = sync.OnceValue(func() *shape {
		return shapeOf(`post [^\s]*/services/oauth2/token http/|content-type["']?\s*(?:=>|[:=])?\s*["']?application/x-www-form-urlencoded|content-length|body[^\n]{0,12}grant_type|sent|payload`)
	})
	basicAuth = sync.OnceValue(func() *shape {
		return shapeOf(`authorization["']?\s*(?:=>|[:=])\s*["']?basic|basic \[redacted|\s-u\s|--user\b|basic ?auth|auth=\(|httpbasic`)
	})
)

// readParameters looks what a request lacks that the text shows whole.
func (f *facts) readParameters() {
	for _, shape := range []*shape{formBody(), mapBody(), curlCommand()} {
		for _, m := range shape.FindAllStringIndex(f.p.lower, 8) {
			body := f.p.lower[m[0]:m[1]]
			if f.showsAll(body, m[1]) {
				f.judgeParameters(body, m[0])
			}
		}
	}
}

// showsAll says whether the parameters are all that were sent: some text names one
// only, or leaves some out.
func (f *facts) showsAll(body string, end int) bool {
	if strings.Contains(body, "...\n") || strings.HasSuffix(body, "&") || strings.Contains(body, "&...") || strings.Contains(body, ", ...") || strings.Contains(body, "…") {
		return false
	}
	several := strings.ContainsAny(body, "&,") || strings.Contains(body, "-d ") || strings.Count(body, "=>") > 1
	return (several || dumped().MatchString(f.p.lower)) && !strings.HasPrefix(strings.TrimLeft(f.p.lower[end:], " "), "&")
}

// judgeParameters notes a key or a secret that the body lacks. An assertion
// carries the key itself, and a public client has no secret.
func (f *facts) judgeParameters(body string, at int) {
	if strings.Contains(body, "assertion") || strings.Contains(body, "jwt-bearer") {
		return
	}
	id, secret := strings.Contains(body, "client_id"), strings.Contains(body, "secret")
	switch basic := basicAuth().MatchString(f.p.lower); {
	case basic && !id:
		f.add("param:id-in-header", at)
	case basic:
	case !id:
		f.add("param:no-id", at)
	case !secret:
		f.add("param:no-secret", at)
	}
}

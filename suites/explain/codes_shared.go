package explain

import (
	"slices"
	"strings"
	"sync"
)

// besideCode is the message that stands beside a code: in the same object of JSON,
// before it or behind it, or behind the colon.
var (
	messageBehind = sync.OnceValue(func() *shape {
		return shapeOf(`^["']?\s*(?:,\s*["']message["']\s*:\s*["']([^"\n]{8,300})|:\s*([a-z][^"\n<]{8,300})|</[\w:]+>\s*<[\w:]+>([^<\n]{8,300}))`)
	})
	messageBefore = sync.OnceValue(func() *shape {
		return shapeOf(`["']message["']\s*:\s*["']([^"\n]{8,300})["']\s*,\s*["'](?:errorcode|statuscode|code|fields["']\s*:\s*\[[^\]]*\]\s*,\s*["']errorcode)["']\s*:\s*["']$`)
	})
)

// leastShared is the part of the words of a message, one in so many, that another
// message of the same code has in common with it.
const leastShared = 3

// saidOtherwise says whether a code of the platform, which it gives for many things,
// stands beside a message that is none of the catalogue's for it.
func (f *facts) saidOtherwise(code string, at int) bool {
	if code != strings.ToUpper(code) {
		return false
	}
	message := f.messageBeside(at, len(code))
	if message == "" {
		return false
	}
	said := longWords(message)
	for _, w := range wireTexts() {
		if w.code != code {
			continue
		}
		known := longWords(lowerASCII(w.refusals[0].Answer.Description))
		shared := 0
		for _, word := range known {
			if slices.Contains(said, word) {
				shared++
			}
		}
		if shared*leastShared >= len(known) {
			return false
		}
	}
	return true
}

// messageBeside is the message in the object of the code at a place.
func (f *facts) messageBeside(at, size int) string {
	if m := messageBehind().FindStringSubmatch(f.p.lower[min(at+size, len(f.p.lower)):]); m != nil {
		return m[1] + m[2] + m[3]
	}
	if m := messageBefore().FindStringSubmatch(f.p.lower[max(0, at-400):at]); m != nil {
		return m[1]
	}
	return ""
}

// longWords are the words of a message that are no articles.
func longWords(lower string) []string {
	var list []string
	eachWord(lower, func(word string) bool {
		if len(word) > 3 && !slices.Contains(list, word) {
			list = append(list, word)
		}
		return true
	})
	return list
}

// generic are codes that every authorization server has for a fault of its own
// (RFC 6749 section 4.1.2.1): on the callback of another system they say nothing.
var generic = []string{"server_error", "service_unavailable", "temporarily_unavailable"}

// callback is a redirect with a generic code.
var callback = sync.OnceValue(func() *shape {
	return shapeOf(`([^\s"'<>]*[?&#]error=)(?:` + strings.Join(generic, "|") + `)\b`)
})

// readCallback notes a generic code on a callback that is none of Salesforce.
func (f *facts) readCallback() {
	m := callback().FindStringSubmatchIndex(f.p.lower)
	if m != nil && !hostShape().MatchString(part(f.p.lower, m, 1)) {
		f.add("callback:generic", m[3])
	}
}

// onCallback says whether the code at a place is the one on the callback.
func (f *facts) onCallback(at int) bool { return slices.Contains(f.at["callback:generic"], at) }

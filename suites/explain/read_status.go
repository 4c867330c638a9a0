package explain

import (
	"regexp"
	"strings"
	"sync"
)

var statusShape = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:http(?:/[\d.]+)?[ :=]*|status(?:[ _-]?code)?["']?[ :=]*(?:of )?|responded with |response code[ :=]*|returned |error[ :(]*|resulted in a .|\()(4\d\d|5\d\d|30[1278]|200)\b`)
})

// readStatus notes the HTTP statuses of the text.
func (f *facts) readStatus() {
	for _, m := range statusShape().FindAllStringSubmatchIndex(f.p.lower, 16) {
		f.add("status:"+signal(f.p.lower[m[2]:m[3]]), m[2])
	}
}

// often is how many times a line must come back to tell something.
const often = 3

var clockTime = regexp.MustCompile(`\d\d:\d\d(?::\d\d)?`)

// readRepetition counts what a log says again and again.
func (f *facts) readRepetition() {
	sessions, logins := 0, 0
	for line := range strings.SplitSeq(f.p.lower, "\n") {
		if strings.Contains(line, "invalid_session_id") && clockTime.MatchString(line) {
			sessions++
		}
		if strings.Contains(line, "oauth2/token") || strings.Contains(line, "login success") || strings.Contains(line, "logging in") || strings.Contains(line, "requesting new") || strings.Contains(line, "authenticating") {
			logins++
		}
	}
	if sessions >= often {
		f.tell("repeat:session", "the session is refused again and again, and no login lies between")
	}
	if logins > often+1 {
		f.tell("repeat:login", "the log has one login after the other")
	}
}

// readSystems notes other software that has a login of its own.
func (f *facts) readSystems() {
	for _, s := range systems {
		for _, word := range s.words {
			at, ok := f.p.findWords(squash(word))
			if !ok {
				continue
			}
			name := signal("system:" + s.name)
			f.add(name, at)
			if s.cloud {
				f.add("other-cloud", at)
			} else {
				f.add("foreign", at)
			}
			break
		}
	}
}

package explain

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// readTrials notes what people tell of their attempts: at which host, with which
// audience and with which setting the very same thing works. What works tells more
// than what fails: it takes all else out of question.
func (f *facts) readTrials() {
	for _, c := range f.p.clauses() {
		hosts := hostShape().FindAllStringSubmatchIndex(c.words, 8)
		for i, m := range hosts {
			from, to := 0, len(c.words)
			if i > 0 {
				from = hosts[i-1][1]
			}
			if i+1 < len(hosts) {
				to = hosts[i+1][0]
			}
			f.readTrial(c, m, from, to)
		}
		f.readSandboxSetting(c)
	}
}

// readTrial judges one host by what is said behind it, or else before it. The
// host of an answer is no trial.
func (f *facts) readTrial(c clause, m []int, from, to int) {
	before := c.words[from:m[0]]
	if answered().MatchString(before) {
		return
	}
	said := nearestMood(strings.Split(c.words[m[1]:to], ", "))
	if said == neutral {
		parts := strings.Split(before, ", ")
		slices.Reverse(parts)
		said = nearestMood(parts)
	}
	kind := kindOfHost(part(c.words, m, 2))
	if said != works || kind == "" {
		return
	}
	name := signal(strings.TrimPrefix(string(kind), "host:"))
	if audience(c.words[max(0, m[0]-24):m[0]]) || audBefore().MatchString(before) {
		f.add("works-aud:"+name, c.start+m[0])
		return
	}
	f.add("works-at:"+name, c.start+m[0])
}

// nearestMood is the mood of the first part that has one.
func nearestMood(parts []string) mood {
	for _, words := range parts {
		if m := moodOf(words); m != neutral {
			return m
		}
	}
	return neutral
}

var (
	// answered stands before a host that an answer names.
	answered = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`instance_?url["']?\s*[:=]?\s*["']?$|"id"\s*:\s*"$`)
	})
	// audBefore stands before a host that is tried as audience.
	audBefore = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\baud(?:ience)?\b[^.]{0,24}$`)
	})
	// sandboxSetting is what libraries are told to log in to a sandbox by.
	sandboxSetting = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\b(?:domain|environment|env|host|login_?url|endpoint)["']?\s*(?:=>|[:=])\s*["']?(?:test|sandbox)\b|\b(?:is_?)?sandbox["']?\s*(?:=>|[:=])\s*["']?true`)
	})
)

// readSandboxSetting notes that the same works once the library is told that it is a sandbox.
func (f *facts) readSandboxSetting(c clause) {
	if m := sandboxSetting().FindStringIndex(c.words); m != nil && moodOf(c.words[:m[0]]+" "+c.words[m[1]:]) == works {
		f.add("works-at:test", c.start+m[0])
	}
}

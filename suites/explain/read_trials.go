package explain

import (
	"slices"
	"strings"
	"sync"
)

// readTrials notes what people tell of their attempts: at which host, with which
// audience and with which setting the very same thing works. What works tells more
// than what fails: it takes all else out of question.
func (f *facts) readTrials() {
	clauses := f.p.clauses()
	for i, c := range clauses {
		trials := c.trials()
		for k, t := range trials {
			from, to := 0, len(c.words)
			if k > 0 {
				from = trials[k-1].end
			}
			if k+1 < len(trials) {
				to = trials[k+1].start
			}
			last := k+1 == len(trials)
			said := t.mood(c.words[from:t.start], behind(c.words[t.end:to], last))
			if last && said == neutral {
				said = outcome(clauses[i+1:])
			}
			if said == works {
				f.add(t.signal(c.words[from:t.start]), c.start+t.start)
			}
		}
		f.readSandboxSetting(c)
	}
}

// trial is a host in a clause, by its name or by what people call it.
type trial struct {
	start, end int
	kind       signal
}

// trials are the hosts of the clause in their order. The host of an answer is no trial.
func (c clause) trials() []trial {
	var list []trial
	for _, m := range hostShape().FindAllStringSubmatchIndex(c.words, 8) {
		kind := signal(strings.TrimPrefix(string(kindOfHost(part(c.words, m, 2))), "host:"))
		if kind != "" && !answered().MatchString(c.words[:m[0]]) {
			list = append(list, trial{m[0], m[1], kind})
		}
	}
	for _, m := range calledMyDomain().FindAllStringIndex(c.words, 4) {
		list = append(list, trial{m[0], m[1], "mydomain"})
	}
	for _, m := range chosenSandbox().FindAllStringIndex(c.words, 4) {
		list = append(list, trial{m[0], m[1], "test"})
	}
	slices.SortFunc(list, func(a, b trial) int { return a.start - b.start })
	return slices.CompactFunc(list, func(this, before trial) bool { return this.start < before.end })
}

// mood is what is said behind the host, or else before it.
func (t trial) mood(before string, behind []string) mood {
	if said := nearestMood(behind); said != neutral {
		return said
	}
	parts := strings.Split(before, ", ")
	slices.Reverse(parts)
	return nearestMood(parts)
}

// behind are the parts of what stands behind a host, without the one that leads to the next host.
func behind(words string, last bool) []string {
	parts := strings.Split(words, ", ")
	if !last && len(parts) > 1 {
		return parts[:len(parts)-1]
	}
	return parts
}

func (t trial) signal(before string) signal {
	if audience(before[max(0, len(before)-24):]) || audBefore().MatchString(before) {
		return "works-aud:" + t.kind
	}
	return "works-at:" + t.kind
}

// outcome is what the line behind a command says, if it names no host.
func outcome(rest []clause) mood {
	for _, c := range rest {
		if strings.TrimSpace(c.words) == "" {
			continue
		}
		if len(c.trials()) > 0 {
			return neutral
		}
		return moodOf(c.words)
	}
	return neutral
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
	answered = sync.OnceValue(func() *shape {
		return shapeOf(`instance_?url["']?\s*(?:[:=]|=>|is|was|in the (?:answer|response) (?:is|was))?\s*["']?$|"id"\s*:\s*"$|(?:created|issued|granted|minted|valid|made) (?:for|by|at|from|on) $`)
	})
	// calledMyDomain is what people call the org's own host.
	calledMyDomain = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:my|custom|own|eigene[rn]?|propre|propio) ?-?domain(?:e|s)?(?: (?:url|host|address|login url|name))?\b|\bmydomain\b`)
	})
	// chosenSandbox is the environment that a dialog offers beside production.
	chosenSandbox = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:choos\w+|chose|select\w*|pick\w*|switch\w*|environment|option|auswahl|umgebung|entorno|ambiente|environnement)\W{1,4}(?:to )?["']?sandbox\b|["']sandbox["']\W{0,3}(?:is |as )?(?:selected|chosen|environment|option|ticked|ausgewählt|gewählt)`)
	})
	// audBefore stands before a host that is tried as audience.
	audBefore = sync.OnceValue(func() *shape {
		return shapeOf(`\baud(?:ience)?\b[^.]{0,24}$`)
	})
	// sandboxSetting is what libraries are told to log in to a sandbox by.
	sandboxSetting = sync.OnceValue(func() *shape {
		return shapeOf(`\b(?:domain|environment|env|host|login_?url|endpoint)["']?\s*(?:=>|[:=])\s*["']?(?:test|sandbox)\b|\b(?:is_?)?sandbox["']?\s*(?:=>|[:=])\s*["']?true`)
	})
)

// readSandboxSetting notes that the same works once the library is told that it is a sandbox.
func (f *facts) readSandboxSetting(c clause) {
	if m := sandboxSetting().FindStringIndex(c.words); m != nil && moodOf(c.words[:m[0]]+" "+c.words[m[1]:]) == works {
		f.add("works-at:test", c.start+m[0])
	}
}

package explain

import "slices"

// facts are the signals of a text, each with its places in it.
type facts struct {
	p  paste
	at map[signal][]int
	// told are signals that stand nowhere in the text, with what says them.
	told map[signal]string
	// claims are what the catalogue itself says of words that were found.
	claims []claim
}

// read finds everything that the rules speak of.
func read(p paste) *facts {
	f := &facts{p: p, at: map[signal][]int{}, told: map[signal]string{}}
	f.readHosts()
	f.readRequest()
	f.readParameters()
	f.readPlaceholders()
	f.readScopes()
	f.readTrials()
	f.readAssertionClaims()
	f.readCallback()
	f.readCatalogue()
	f.readTexts()
	f.p.hide(unfailedWords)
	f.readLexicon()
	f.readDNS()
	f.readFlowArgument()
	f.readStatus()
	f.readSystems()
	f.readRetold()
	f.readAssurances()
	f.readSettings()
	f.readStates()
	f.readCalls()
	f.readLimits()
	f.readCircumstances()
	f.readDefaultHost()
	f.readEnvironments()
	f.readRefusal()
	f.readRepetition()
	f.readSentences()
	f.readMeantGrant()
	f.readBuiltHost()
	f.readDemands()
	f.readAdmissions()
	f.readOtherAnswers()
	f.readValues()
	f.readShownHeaders()
	return f
}

func (f *facts) add(s signal, at int) {
	if len(f.at[s]) < 3 && !slices.Contains(f.at[s], at) {
		f.at[s] = append(f.at[s], at)
	}
}

func (f *facts) tell(s signal, text string) { f.told[s] = text }

func (f *facts) has(s signal) bool {
	_, told := f.told[s]
	return told || len(f.at[s]) > 0
}

func (f *facts) hasAny(signals ...signal) bool { return slices.ContainsFunc(signals, f.has) }

// evidence is what speaks for a signal: the first place in the text, or what was told.
func (f *facts) evidence(s signal) string {
	if text, ok := f.told[s]; ok {
		return text
	}
	if len(f.at[s]) > 0 {
		return f.p.snippet(f.p.around(f.at[s][0]))
	}
	return ""
}

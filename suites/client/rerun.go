package client

import (
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/report"
)

// Selection is what a command is to run again; what is empty is not restricted.
type Selection struct {
	Only     fixtures.RequirementID
	Scenario string
	Flow     fixtures.Flow
	Seed     uint64
	// Command is the client's.
	Command []string
}

// CommandLine gives the commands by which parts of a run are repeated, quoted for a
// POSIX shell: the words of the prefix, such as "sfconform", "client" and the flags
// of this run, then what is selected, then the client's command.
func CommandLine(prefix ...string) func(Selection) string {
	return func(s Selection) string {
		words := append([]string(nil), prefix...)
		if s.Only != "" {
			words = append(words, "--only", string(s.Only))
		}
		if s.Scenario != "" {
			words = append(words, "--scenario", s.Scenario)
		}
		if s.Flow != "" {
			words = append(words, "--flow", string(s.Flow))
		}
		words = append(words, "--seed", fmt.Sprint(s.Seed))
		if len(s.Command) > 0 {
			words = append(append(words, "--"), s.Command...)
		}
		for i, w := range words {
			words[i] = quoted(w)
		}
		return strings.Join(words, " ")
	}
}

// plainWord are the bytes that no POSIX shell takes for anything else.
const plainWord = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./:,@%"

// quoted is a word as a POSIX shell has to be given it. A "=" in front would be no
// assignment after a command, but is one in a command's place.
func quoted(word string) string {
	if word != "" && strings.Trim(word, plainWord) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// rerun is the command for a selection; empty if there is none.
func (r *runner) rerun(s Selection) string {
	if r.options.Rerun == nil {
		return ""
	}
	s.Seed, s.Command = r.options.Seed, r.options.Command
	return r.options.Rerun(s)
}

// rerunOf judges one requirement again, in the scenario that decided. Where several
// decided, the first of them is shown first.
func (r *runner) rerunOf(result *report.Result) string {
	s := Selection{Only: result.ID}
	if len(result.Findings) > 0 {
		s.Scenario, s.Flow = result.Findings[0].Scenario, result.Findings[0].Flow
	}
	return r.rerun(s)
}

// rerunAll repeats the run.
func (r *runner) rerunAll() string {
	s := Selection{}
	if len(r.flows) == 1 {
		s.Flow = r.flows[0]
	}
	return r.rerun(s)
}

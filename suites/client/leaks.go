package client

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/canary"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
)

// mostLeaks is how many places of secrets are listed.
const mostLeaks = 200

// searcher looks for the secrets of a scenario where they must not be.
type searcher struct {
	report.Search
	place report.Leak
	set   *canary.Set
}

// search searches all that was seen (facts: client-requirements.md section 4, point 8).
func (r *runner) search(all []played) report.Search {
	s := &searcher{}
	s.Encodings, s.Limits = canary.Encodings(), r.searchLimits(all)
	for _, p := range all {
		if p.evidence == nil {
			continue
		}
		s.set = p.evidence.Secrets
		s.place = report.Leak{Scenario: p.scenario.Name, Flow: p.flow}
		s.Names = append(s.Names, s.set.Names()...)
		for _, run := range p.evidence.Runs {
			s.run(run)
		}
		for _, x := range p.evidence.Exchanges {
			s.exchange(x)
		}
	}
	slices.Sort(s.Names)
	s.Names = slices.Compact(s.Names)
	return s.Search
}

// run searches what one start of the client left to be seen.
func (s *searcher) run(r evidence.Run) {
	s.text("standard output", []byte(r.Stdout.Text()), nil)
	s.text("standard error", []byte(r.Stderr.Text()), nil)
	s.text("the error that it returns", []byte(r.Err), nil)
	for _, f := range r.Files {
		// A store of tokens in the home is where they may be.
		s.text(f.Place+"/"+f.Name, f.Content, func(secret string) bool { return f.Place == "home" && isToken(secret) })
	}
	for _, line := range r.Arguments {
		s.text("a command line", []byte(line), nil)
	}
}

// exchange searches a request for what does not belong there: the secret and the
// assertion are for the token endpoint, the token is for a header.
func (s *searcher) exchange(x evidence.Exchange) {
	where := fmt.Sprintf("a request to the %s host", x.Role)
	s.text("the URL of "+where, []byte(x.Request.Target), nil)
	stranger := x.Role == evidence.Foreign || x.Role == evidence.Plain
	endpoint := slices.Contains([]evidence.Kind{evidence.TokenRequest, evidence.Introspect, evidence.RevokeCall}, x.Kind)
	belongs := func(secret string) bool {
		return !stranger && (endpoint || isToken(secret)) && !strings.HasPrefix(secret, "private key")
	}
	var head strings.Builder
	for name, values := range x.Request.Header {
		fmt.Fprintf(&head, "%s: %s\n", name, strings.Join(values, ", "))
	}
	s.text("the header of "+where, []byte(head.String()), belongs)
	s.text("the body of "+where, x.Request.Body, belongs)
}

func isToken(secret string) bool { return strings.HasPrefix(secret, "access token") }

// text searches one place, and says each secret once.
func (s *searcher) text(place string, text []byte, belongs func(string) bool) {
	s.Bytes += int64(len(text))
	for _, h := range s.set.Find(text) {
		if belongs != nil && belongs(h.Secret) {
			continue
		}
		leak := s.place
		leak.Place, leak.Secret, leak.Encoding = place, h.Secret, h.Encoding
		known := slices.ContainsFunc(s.Found, func(f report.Leak) bool {
			f.Line = 0
			return f == leak
		})
		if !known && len(s.Found) < mostLeaks {
			leak.Line = h.Line
			s.Found = append(s.Found, leak)
		}
	}
}

// searchLimits says what this search could not see.
func (r *runner) searchLimits(all []played) []string {
	var limits []string
	if !r.traits.Output {
		limits = append(limits, "What the client writes cannot be seen in this mode; the error that it returns was searched.")
	}
	if !r.traits.Files {
		limits = append(limits, "Files that the client leaves cannot be seen in this mode.")
	}
	if !r.traits.Process {
		limits = append(limits, "Command lines cannot be seen in this mode.")
	} else {
		limits = append(limits, "Command lines are sampled while the client runs: a short-lived one can be missed.")
	}
	if slices.ContainsFunc(all, longOutput) {
		limits = append(limits, "Of long output the beginning and the end were searched.")
	}
	return limits
}

func longOutput(p played) bool {
	return p.evidence != nil && slices.ContainsFunc(p.evidence.Runs, func(r evidence.Run) bool {
		return len(r.Stdout.Tail)+len(r.Stderr.Tail) > 0
	})
}

package client

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// readings are what the operator would have read of each error, beside what he
// should have (facts: client-requirements.md section 4, point 6).
func readings(all []played) []report.Reading {
	var found []report.Reading
	for _, p := range all {
		advice, ok := adviceOf(p.scenario)
		if !ok || !p.whole() || p.unsupported {
			continue
		}
		answer, refused := firstFailure(p.evidence)
		if !refused {
			continue
		}
		secrets := p.evidence.Secrets
		found = append(found, report.Reading{
			Scenario: p.scenario.Name, Flow: p.flow, Answered: secrets.RedactString(answerText(answer)),
			Client: excerpt(secrets.RedactString(p.evidence.Text())), Ideal: ideal(p.evidence, advice, answer),
		})
	}
	return found
}

// adviceOf is what an operator should read in the scenario: the advice of a refusal.
func adviceOf(s scenario.Scenario) (fixtures.Advice, bool) {
	if advice, ok := fixtures.AdviceFor(s.Advice); ok {
		return advice, true
	}
	return fixtures.AdviceByID(fixtures.AdviceID(s.Advice))
}

// firstFailure is the first exchange that did not give the client what it asked for.
func firstFailure(e *evidence.Evidence) (evidence.Exchange, bool) {
	for _, x := range e.Exchanges {
		if x.Failed() {
			return x, true
		}
	}
	return evidence.Exchange{}, false
}

func answerText(x evidence.Exchange) string {
	if x.Response.Status == 0 {
		return "the connection was broken off"
	}
	return fmt.Sprintf("%d %s", x.Response.Status, shortened(oneLine(string(x.Response.Body[:min(len(x.Response.Body), mostShown)])), 600))
}

// ideal is the text of the advice with what the client knew at that time.
func ideal(e *evidence.Evidence, advice fixtures.Advice, answer evidence.Exchange) string {
	var refusal struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	// An answer that is no JSON object has neither.
	_ = json.Unmarshal(answer.Response.Body, &refusal)
	values := []string{
		"host", stage.HostName(e.Hosts.Bases[evidence.Token]),
		"client", e.Settings[stage.ClientID], "issuer", e.Settings[stage.ClientID],
		"sub", e.Settings[stage.Username], "aud", e.Settings[stage.Audience],
		"status", strconv.Itoa(answer.Response.Status), "error", refusal.Error, "description", refusal.Description,
		"method", answer.Request.Method,
	}
	var known []string
	for pair := range slices.Chunk(values, 2) {
		if pair[1] != "" && pair[1] != "0" {
			known = append(known, pair...)
		}
	}
	return e.Secrets.RedactString(advice.Filled(known...))
}

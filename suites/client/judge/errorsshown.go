package judge

import (
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// showsBoth looks for the code and the description of a refused login: the
// description holds a word that occurs nowhere else.
func showsBoth(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	refused := these(loginsIn(e, r), isRefused)
	if len(refused) == 0 {
		return absent("no login was refused")
	}
	code, description := errorOf(refused[0])
	word := description[strings.LastIndex(description, " ")+1:]
	showsCode, showsText := says(r, code), says(r, strings.Trim(word, "()"))
	switch {
	case showsCode && showsText:
		return kept("error and error_description are shown")
	case showsText:
		return tolerated(fmt.Sprintf("of a refused login error_description is shown, and the error code %q is not", code), refused...)
	case showsCode:
		return tolerated(fmt.Sprintf("of a refused login the error code %q is shown, and error_description is not", code), refused...)
	}
	return broken(fmt.Sprintf("a login was refused with %q, %q, and the operator reads neither", code, description), refused...)
}

func namesTarget(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	refused := these(loginsIn(e, r), isRefused)
	host := hostName(e, evidence.Token)
	switch {
	case len(refused) == 0:
		return absent("no login was refused")
	case !strings.Contains(strings.ToLower(said(r)), host):
		return broken(fmt.Sprintf("what the client says of a refused login does not name the host %s", host), refused...)
	}
	return kept("the message of a refused login names the host")
}

// hostName is the name of a host without its port, in small letters.
func hostName(e *evidence.Evidence, role evidence.Role) string {
	name, _, _ := strings.Cut(stage.HostName(e.Hosts.Bases[role]), ":")
	return strings.ToLower(name)
}

// endsAsFailed: a client that could not log in has not done its work.
func endsAsFailed(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	refused := these(loginsIn(e, r), isRefused)
	switch {
	case len(refused) == 0:
		return absent("no login was refused")
	case len(these(loginsIn(e, r), isIssued)) > 0:
		return absent("the client got a token in spite of the refusal")
	case r.Exit.Stopped:
		return verdict.Observation{
			Outcome: verdict.Open, Exchanges: evidence.Numbers(refused, shown),
			Seen:     "the client runs on, so that no exit code shows that its login is refused",
			Question: "Does the state that the service reports to its operator (a health check, a dashboard) turn red while its login is refused for good?",
		}
	case r.Exit.TimedOut || e.KillSwitch:
		return absent("the client had to be ended, so that its exit code says nothing")
	case r.Exit.Succeeded():
		return broken("the login was refused for good, and the client ends with exit code 0", refused...)
	}
	return kept(fmt.Sprintf("a login that was refused for good ends in exit code %d", r.Exit.Code))
}

// namesFix looks for a word that leads to the setting.
func namesFix(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	refused := these(loginsIn(e, r), isRefused)
	if len(refused) == 0 {
		return absent("no login was refused")
	}
	code, description := errorOf(refused[0])
	advice, found := adviceOn(code, description)
	switch {
	case !found:
		return absent("no advice is known for the refusal")
	case !advice.Explained(said(r)):
		return broken(fmt.Sprintf("%q is shown without the setting to change", orNone(description, code)), refused...)
	}
	return kept("the refusal is shown with the setting to change")
}

func orNone(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// adviceOn is the advice on an answer of the token endpoint by its words.
func adviceOn(code, description string) (fixtures.Advice, bool) {
	for _, r := range fixtures.Refusals {
		if r.Endpoint != fixtures.EndpointToken || r.Answer.Error != code || r.Answer.Description == "" || !strings.HasPrefix(description, r.Answer.Description) {
			continue
		}
		if advice, found := fixtures.AdviceFor(r.ID); found {
			return advice, true
		}
	}
	return fixtures.Advice{}, false
}

// readsOtherStatuses: each refusal is shown, whatever its status, and not repeated.
func readsOtherStatuses(e *evidence.Evidence) verdict.Observation {
	seen := 0
	for _, r := range e.Runs {
		refused := these(loginsIn(e, r), isRefused)
		if len(refused) == 0 {
			continue
		}
		seen++
		code, _ := errorOf(refused[0])
		switch {
		case !says(r, code):
			return broken(fmt.Sprintf("the error code %q with status %d is not shown", code, refused[0].Response.Status), refused...)
		case len(refused) > fewRequests*e.AtLeastOne():
			return broken(fmt.Sprintf("the error code %q with status %d is met with %d requests: it is not taken for permanent",
				code, refused[0].Response.Status, len(refused)), refused...)
		}
	}
	if seen == 0 {
		return absent("no login was refused")
	}
	return kept("refusals with status 400 and 401 and an unknown code are shown and not repeated")
}

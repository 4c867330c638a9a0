package authorize

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/rule"
	"github.com/sfconform/sfconform/mocksf/session"
)

// Path is the path of the authorize endpoint.
const Path = "/services/oauth2/authorize"

// Routes are the authorize endpoint of the org, whose codes sessions keeps.
func Routes(sessions *session.Store) []exchange.Route {
	handle := handler(sessions, allRules())
	return []exchange.Route{
		{Method: "GET", Pattern: Path, Handler: handle},
		{Method: "POST", Pattern: Path, Handler: handle},
	}
}

func handler(sessions *session.Store, rules rule.List[*authorization]) exchange.Handler {
	return func(r *exchange.Request) exchange.Answer {
		a := parse(r)
		if failed := rules.Decide(r.Org, a); failed != nil {
			return a.noted(a.refuse(failed))
		}
		if a.user == nil {
			return a.noted(a.page())
		}
		return a.noted(a.redirect(parameter{"code", sessions.NewCode(a.grant())}))
	}
}

// refuse shows a refusal on a page, or sends it back to the client.
func (a *authorization) refuse(failed *rule.Bound[*authorization]) exchange.Answer {
	refusal := failed.Answer
	answer := exchange.Refuse(refusal)
	if refusal.Answer.Format == fixtures.FormatRedirect {
		parameters := []parameter{{"error", refusal.Answer.Error}}
		if text := refusal.Answer.Description; text != "" {
			parameters = append(parameters, parameter{"error_description", text})
		}
		note := answer.Note
		answer = a.redirect(parameters...)
		answer.Note = note
	}
	answer.Note.Check = failed.Name
	return answer
}

type parameter struct{ name, value string }

// redirect sends the person back to the client with the parameters and its state,
// behind those that the callback URL has already.
func (a *authorization) redirect(parameters ...parameter) exchange.Answer {
	if a.form.Has("state") {
		parameters = append(parameters, parameter{"state", a.form.Get("state")})
	}
	var b strings.Builder
	b.WriteString(a.form.Get("redirect_uri"))
	separator := "?"
	if strings.Contains(b.String(), "?") {
		separator = "&"
	}
	for _, p := range parameters {
		b.WriteString(separator + p.name + "=" + escape(p.value))
		separator = "&"
	}
	return exchange.Answer{Status: http.StatusFound, Header: map[string]string{"Location": b.String()}}
}

// escape writes a space as %20, as captures have it (facts: section 1.3).
func escape(value string) string { return strings.ReplaceAll(url.QueryEscape(value), "+", "%20") }

package identity

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/form"
	"github.com/sfconform/sfconform/mocksf/rule"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// question is a request about a token: who asks, about which token.
type question struct {
	request *exchange.Request
	form    form.Form
	// client is who asks, for introspection.
	client form.Client
	// app is the app that the client names; nil if there is none.
	app     *snapshot.App
	token   string
	session session.Session
	state   session.State
	// refresh says that the token is a refresh token that is good.
	refresh bool
	// user is the token's; nil unless the session is live.
	user *snapshot.User
}

// check is one rule of an answer about a token.
type check = rule.Rule[*question]

// ask makes a handler: read says where the token stands, rules who gets an answer.
func (s *service) ask(read func(*question) string, rules []check, answer func(*question) exchange.Answer) exchange.Handler {
	checks := rule.MustBind(rules)
	return func(r *exchange.Request) exchange.Answer {
		q := &question{request: r, form: form.Parse(r, r.Org.Answers(lastCounts))}
		q.token = read(q)
		q.session, q.state = s.sessions.Open(r.Org, q.token, r.Now)
		_, q.refresh = s.sessions.Refresh(q.token)
		if q.state == session.Live {
			q.user = r.Org.UserByID(q.session.UserID)
		}
		if failed := checks.Decide(r.Org, q); failed != nil {
			refused := exchange.Refuse(failed.Answer)
			refused.Note.Check = failed.Name
			return q.noted(refused)
		}
		return q.noted(answer(q))
	}
}

// lastCounts is the reading under which the last of a repeated parameter counts.
var lastCounts = fixtures.Reading{Switch: "repeated-parameter", Option: "last"}

// noted is the answer with what the journal wants to know: the app that asked,
// or else the token's, and the token's user.
func (q *question) noted(a exchange.Answer) exchange.Answer {
	app := q.app
	if app == nil && q.state == session.Live {
		app = session.AppOf(q.request.Org, q.session)
	}
	if app != nil {
		a.Note.App, a.Note.ClientID = app.Name, app.ConsumerKey
	}
	if q.user != nil {
		a.Note.Username = q.user.Username
	}
	return a
}

// bearer reads the token where userinfo and the identity URL take it: in the
// header or as oauth_token (facts: section 5.2). A header of another scheme counts
// as a token that is none.
func bearer(q *question) string {
	header := q.request.Header.Get("Authorization")
	if header == "" {
		return q.form.Get("oauth_token")
	}
	if token, ok := session.TokenOf(header); ok {
		return token
	}
	return header
}

// parameter reads the token where introspection and revocation take it.
func parameter(q *question) string { return q.form.Get("token") }

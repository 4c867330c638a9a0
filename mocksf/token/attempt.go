package token

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/form"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// attempt is one token request on its way through the pipeline.
type attempt struct {
	endpoint  *Endpoint
	req       *exchange.Request
	org       *snapshot.Org
	form      form.Form
	grant     fixtures.Grant
	client    form.Client
	assertion assertion
	// code is the grant behind an authorization code, approval that behind a refresh
	// token; the second of each pair says that the org knows it.
	code          session.Grant
	codeKnown     bool
	approval      session.Approval
	approvalKnown bool

	// app and user are never nil: where none is known they are empty, so that the
	// checks behind a check that was left out still have something to look at.
	app       *snapshot.App
	appKnown  bool
	user      *snapshot.User
	userKnown bool
}

// parse reads what the client sent; it looks nobody up.
func (e *Endpoint) parse(r *exchange.Request) *attempt {
	f := form.Parse(r, r.Org.Option("repeated-parameter") == "last")
	a := &attempt{
		endpoint: e, req: r, org: r.Org, form: f,
		grant:  fixtures.Grant(f.Get("grant_type")),
		client: form.ReadClient(r, f, r.Org.Option("client-auth-conflict") == "body"),
	}
	switch a.grant {
	case fixtures.GrantJWTBearer:
		a.assertion = parseAssertion(f.Get("assertion"))
	case fixtures.GrantAuthorizationCode:
		a.code, a.codeKnown = e.sessions.Code(f.Get("code"))
	case fixtures.GrantRefreshToken:
		a.approval, a.approvalKnown = e.sessions.Refresh(f.Get("refresh_token"))
	default:
	}
	return a
}

// resolve finds the app that the request names, and the user that would log in: the
// one who granted a code or a refresh token, or the one whom the client names.
func (a *attempt) resolve() {
	key, username := a.client.ID, a.form.Get("username")
	if a.grant == fixtures.GrantJWTBearer {
		key, username = a.assertion.issuer(), a.assertion.subject()
	}
	a.app, a.user = noApp, nobody
	if app := a.org.AppByKey(key); app != nil && app.Holds(key, a.req.Now) && a.req.Host.Role != exchange.Elsewhere {
		a.app, a.appKnown = app, true
	}
	if a.grant == fixtures.GrantClientCredentials || a.grant == "" {
		username = a.app.Policies.RunAs
	}
	user := a.org.User(username)
	switch a.grant {
	case fixtures.GrantAuthorizationCode:
		user = a.org.UserByID(a.code.UserID)
	case fixtures.GrantRefreshToken:
		user = a.org.UserByID(a.approval.UserID)
	default:
	}
	if user != nil {
		a.user, a.userKnown = user, true
	}
}

// noApp and nobody stand in where no app and no user is known. Nothing changes them.
var (
	noApp  = &snapshot.App{}
	nobody = &snapshot.User{ID: "005000000000000AAA"}
)

// note is what the journal keeps of the attempt.
func (a *attempt) note() exchange.Note {
	n := exchange.Note{Grant: a.grant, ClientID: a.client.ID, App: a.app.Name, Params: a.form.Values()}
	if a.grant == fixtures.GrantJWTBearer {
		n.ClientID, n.Username = a.assertion.issuer(), a.assertion.subject()
	}
	if a.userKnown {
		n.Username = a.user.Username
	}
	return n
}

// ConsumerKey is the key that a request names, wherever it stands; "" if it names none.
func ConsumerKey(r *exchange.Request, f form.Form) string {
	if fixtures.Grant(f.Get("grant_type")) == fixtures.GrantJWTBearer {
		x := parseAssertion(f.Get("assertion"))
		return x.issuer()
	}
	return form.ReadClient(r, f, false).ID
}

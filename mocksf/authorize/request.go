package authorize

import (
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/form"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// authorization is one request for an authorization code.
type authorization struct {
	request *exchange.Request
	form    form.Form
	// app is never nil: where none is known it is empty.
	app      *snapshot.App
	appKnown bool
	// user is who logged in; nil as long as nobody did.
	user *snapshot.User
	// denied says that the user pressed Deny.
	denied bool
}

var (
	noApp      = &snapshot.App{}
	lastCounts = fixtures.Reading{Switch: "repeated-parameter", Option: "last"}
)

// The parameters of the fake's own page.
const (
	userParameter     = "fake_user"
	decisionParameter = "fake_decision"
	allow             = "Allow"
	deny              = "Deny"
)

// parse reads the request and finds the app, and the user if there is one already.
func parse(r *exchange.Request) *authorization {
	a := &authorization{request: r, form: form.Parse(r, r.Org.Answers(lastCounts)), app: noApp}
	key := a.form.Get("client_id")
	if app := r.Org.AppByKey(key); app != nil && app.Holds(key, r.Now) && r.Host.Role != exchange.Elsewhere {
		a.app, a.appKnown = app, true
	}
	switch decision := a.form.Get(decisionParameter); {
	case decision == allow || decision == deny:
		a.user, a.denied = a.canLogIn(a.form.Get(userParameter)), decision == deny
	case r.Org.Settings.ApproveByLoginHint:
		a.user = a.canLogIn(a.form.Get("login_hint"))
	}
	return a
}

// canLogIn is the user with the name, if he can log in.
func (a *authorization) canLogIn(username string) *snapshot.User {
	u := a.request.Org.User(username)
	if u == nil || !u.Active || u.Frozen {
		return nil
	}
	return u
}

// prompts says whether the parameter prompt asks for the behaviour.
func (a *authorization) prompts(behaviour string) bool {
	return slices.Contains(strings.Fields(a.form.Get("prompt")), behaviour)
}

// requested are the scopes that the client asks for; none means all of the app's.
func (a *authorization) requested() []string { return strings.Fields(a.form.Get("scope")) }

// granted are the scopes that a code of the request stands for, in the app's order.
func (a *authorization) granted() []string {
	asked := a.requested()
	if len(asked) == 0 {
		return a.app.Settings.Scopes
	}
	return slices.DeleteFunc(slices.Clone(a.app.Settings.Scopes), func(s string) bool { return !asks(asked, s) })
}

// refreshScopes are two names of one scope (metadata.md section 5).
var refreshScopes = []string{"refresh_token", "offline_access"}

func asks(asked []string, scope string) bool {
	if slices.Contains(refreshScopes, scope) {
		return slices.ContainsFunc(refreshScopes, func(s string) bool { return slices.Contains(asked, s) })
	}
	return slices.Contains(asked, scope)
}

// grant is what the user allows.
func (a *authorization) grant() session.Grant {
	return session.Grant{
		App: session.AppHash(a.app.Name), UserID: a.user.ID[:15], Scopes: a.granted(),
		RedirectURI: a.form.Get("redirect_uri"), Challenge: a.form.Get("code_challenge"),
		Nonce: a.form.Get("nonce"), IssuedAt: a.request.Now,
	}
}

// noted is the answer with what the journal wants to know.
func (a *authorization) noted(answer exchange.Answer) exchange.Answer {
	n := &answer.Note
	n.Grant, n.ClientID, n.App, n.Params = fixtures.GrantAuthorizationCode, a.form.Get("client_id"), a.app.Name, a.form.Values()
	if a.user != nil {
		n.Username = a.user.Username
	}
	return answer
}

package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/flows"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/lint"
)

// proof is a login at a fake org that was started from the project.
type proof struct {
	Works bool `json:"works"`
	// Error is what the client was told, or why no org could be made.
	Error string `json:"error,omitempty"`
	// Assumed is what the org has although the project does not say so.
	Assumed []metadata.Assumption `json:"assumed,omitempty"`
}

// String is the proof in a few lines.
func (p proof) String() string {
	text := "proved: logged in at a fake org made of the project\n"
	if !p.Works {
		text = "proved: no login at a fake org made of the project: " + p.Error + "\n"
	}
	var b strings.Builder
	b.WriteString(text)
	for _, a := range p.Assumed {
		fmt.Fprintf(&b, "  assumed %s: %s\n", a.Field, a.Text)
	}
	return b.String()
}

// testKey signs in the place of the project's own private key, which nobody should
// have to give: the app gets the key's certificate if its own can be read.
const testKey = "integration"

// proveLogin starts a fake from the project and logs in. That the fake disagrees with
// the verdict is a fault of the program, and said.
func (l *linter) proveLogin(ctx context.Context, project *metadata.Project, v lint.Verdict) (*proof, error) {
	if err := l.allSet(project); err != nil {
		return nil, err
	}
	o := metadata.OrgOptions{Base: l.org}
	if l.org != nil {
		// Whom the org does not know it does not get by a deploy.
		o.Without = []metadata.Made{metadata.MadeUser}
	}
	org, assumed, err := project.Org(o)
	p := &proof{Assumed: assumed}
	switch {
	case err != nil:
		p.Error = "the deploy fails: " + strings.ReplaceAll(err.Error(), "\n", "; ")
	case v.App == "":
		p.Error = "no app is set up for the flow"
	default:
		err = l.login(ctx, org, v)
		if refused, ok := errors.AsType[*flows.TokenError](err); ok {
			p.Error = fmt.Sprintf("%s: %s", refused.Code, refused.Description)
		} else if err != nil {
			return nil, harnessError(err)
		}
		p.Works = err == nil
	}
	if p.Works != v.Works {
		return p, harnessError(fmt.Errorf("the verdict (%s) and the fake differ: %+v", v, *p))
	}
	return p, nil
}

// allSet refuses a project that waits for variables or files: its texts are not those of a deploy.
func (l *linter) allSet(project *metadata.Project) error {
	for _, c := range project.Components {
		for _, u := range c.File.Unset {
			return usageError("--prove: %.60q in %s is to be replaced by %s", u.Text, l.path(c.File.Path), u)
		}
	}
	return nil
}

func (l *linter) login(ctx context.Context, org fixtures.Org, v lint.Verdict) error {
	app := org.Apps[v.App]
	if _, err := fixtures.ParseCertificate(app.Certificate); err == nil {
		app.Certificate = "test:" + testKey
		org.Apps[v.App] = app
	}
	server, err := mocksf.New(mocksf.Options{Orgs: []fixtures.Org{org}, Seed: 1, Now: l.w.now})
	if err != nil {
		return err
	}
	flow, err := flowAt(server.Org(), org, v)
	if err != nil {
		return err
	}
	tokens, err := flows.NewTokenSource(flow, flows.Options{Transport: server.RoundTripper(), Now: server.Org().Now})
	if err != nil {
		return err
	}
	_, err = tokens.AccessToken(ctx)
	return err
}

// flowAt is the client's side of the login at the app.
func flowAt(at *mocksf.Org, org fixtures.Org, v lint.Verdict) (flows.Flow, error) {
	c, err := at.Credentials(v.App)
	if err != nil {
		return nil, err
	}
	if v.Flow == fixtures.ClientCredentials {
		return flows.ClientCredentials{LoginURL: c.MyDomainURL, ClientID: c.ClientID, ClientSecret: c.ClientSecret}, nil
	}
	text, err := fixtures.TestKey(testKey)
	if err != nil {
		return nil, err
	}
	key, err := flows.ParsePrivateKey([]byte(text))
	if err != nil {
		return nil, err
	}
	return flows.JWTBearer{LoginURL: c.MyDomainURL, ClientID: c.ClientID, Username: signer(org, v.App, c.Username), PrivateKey: key}, nil
}

// signer is the user whom the assertion names: one that the admin approved for the
// app, if there is one. No file says for whom a server signs.
func signer(org fixtures.Org, app, otherwise string) string {
	policies := org.Apps[app].Policies
	for _, name := range slices.Sorted(maps.Keys(org.Users)) {
		u := org.Users[name]
		admitted := slices.Contains(policies.Profiles, u.Profile) ||
			slices.ContainsFunc(policies.PermissionSets, func(s string) bool { return slices.Contains(u.PermissionSets, s) })
		if admitted && u.Active && !u.Frozen {
			return name
		}
	}
	if _, ok := org.Users[otherwise]; !ok && len(org.Users) > 0 {
		return slices.Sorted(maps.Keys(org.Users))[0]
	}
	return otherwise
}

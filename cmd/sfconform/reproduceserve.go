package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/suites/guides"
	"github.com/sfconform/sfconform/suites/reproduce"
)

// serve starts the fake, prints the recipe, and waits for the end of the context.
func (f reproduceFlags) serve(ctx context.Context, w world, plan reproduce.Plan) error {
	r, end, err := f.recipe(ctx, w, plan)
	if err != nil {
		return unlessInterrupted(ctx, err)
	}
	defer end()
	if r.key != "" {
		dir, err := writeKey(r.key)
		if err != nil {
			return harnessError(err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		r.Variables["SF_PRIVATE_KEY_FILE"] = filepath.Join(dir, keyName)
	}
	if f.json {
		err = writeJSON(w.stdout, r)
	} else {
		err = r.write(w.stdout)
	}
	if err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

const keyName = "private-key.pem"

// writeKey writes a test key for the user's own client, in a folder of its own.
func writeKey(text string) (dir string, err error) {
	if dir, err = os.MkdirTemp("", "sfconform-"); err != nil {
		return "", err
	}
	if err = os.WriteFile(filepath.Join(dir, keyName), []byte(text), 0o600); err != nil {
		_ = os.RemoveAll(dir)
	}
	return dir, err
}

// recipe starts the fake in the plan's state and says what to do with it.
func (f reproduceFlags) recipe(ctx context.Context, w world, plan reproduce.Plan) (recipe, func(), error) {
	if plan.Kind == reproduce.KindGuide {
		return guideRecipe(ctx, plan)
	}
	staged, err := reproduce.Stage(ctx, reproducible(w), plan)
	if err != nil {
		return recipe{}, nil, err
	}
	session, ok := staged.Inner().(*fakeSession)
	if !ok {
		return recipe{}, nil, fmt.Errorf("the target of reproduce is a %T", staged.Inner())
	}
	end := func() { _ = session.Close() }
	r := recipe{Plan: plan, Control: session.server.ControlURL(), Answers: answersOf(plan.Showing())}
	r.Variables = variables(credentialsOf(session, plan), session.server)
	if staged.Works.Method == "" && len(plan.Refusals) > 0 {
		staged.Works, err = withPairOf(session, plan.Flow())
	}
	if err == nil {
		r.Show, err = curlTo(session.server, staged.Shows...)
	}
	if err == nil {
		r.Works, err = afterwards(session.server, staged.Works, staged.Again)
	}
	if err == nil {
		r.Change, err = controlCommands(r.Control, plan.Cure)
	}
	if plan.Flow() == fixtures.JWTBearer {
		r.key = session.creds.PrivateKeyPEM
	}
	if plan.BySettings() {
		r.Client = "sfclient token"
	}
	if err != nil {
		end()
	}
	return r, end, err
}

// guideRecipe is the recipe of a guide with a step left out.
func guideRecipe(ctx context.Context, plan reproduce.Plan) (recipe, func(), error) {
	guide, step, omission := plan.GuideStep()
	held, err := guides.Hold(ctx, guide, step, omission)
	if err != nil {
		return recipe{}, nil, err
	}
	end := func() { _ = held.Close() }
	plan.Cure.Org, plan.Cure.Wait = held.Remedy.Org, held.Remedy.Wait
	if fix := held.Remedy.Fix; fix != "" {
		plan.Cure.Text = plan.ByFix(fix)
	}
	r := recipe{Plan: plan, Control: held.Server.ControlURL(), Answers: answersOf(plan.Refusals)}
	r.Variables = map[string]string{"SF_LOGIN_URL": held.Server.URL(), "MOCKSF_CONTROL_URL": r.Control, "SF_ALLOW_LOOPBACK_HTTP": "true"}
	if told, err := held.Server.Org().Credentials(guide.App); err == nil {
		maps.Copy(r.Variables, map[string]string{
			"SF_CLIENT_ID": told.ClientID, "SF_CLIENT_SECRET": told.ClientSecret, "SF_USERNAME": guide.User, "SF_TOKEN_URL": told.TokenURL, "SF_AUDIENCE": told.MyDomainURL,
		})
	}
	if plan.Flow() == fixtures.JWTBearer {
		r.key, err = fixtures.TestKey(guideKey(guide))
	}
	if held.Stopped != nil {
		r.Stopped = held.Failure()
	} else if err == nil {
		r.Show, err = curlTo(held.Server, held.Shows)
	}
	if err == nil {
		r.Works, err = afterwards(held.Server, held.Remedy.Token, held.Remedy.Again)
	}
	if err == nil {
		r.Change, err = controlCommands(r.Control, plan.Cure)
	}
	if err != nil {
		end()
	}
	return r, end, err
}

// guideKey is the name of the test key that the guide's product signs with.
func guideKey(guide fixtures.Guide) string {
	for _, step := range guide.Steps {
		for _, set := range step.Client {
			if set.Name == fixtures.SettingKey {
				return set.Value
			}
		}
	}
	return ""
}

// afterwards are the lines that work after the change: a login, and with its token the
// call that was refused before, where that was another one.
func afterwards(server *mocksf.Server, login, call request.Wire) (string, error) {
	token, err := curlTo(server, login)
	if err != nil || call.Method == "" {
		return token, err
	}
	again, err := curlTo(server, call)
	if !strings.Contains(again, guides.TokenPlace) {
		return again, err
	}
	return "TOKEN=$(" + token + ` | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')` + "\n" +
		strings.ReplaceAll(again, guides.TokenPlace, `'"$TOKEN"'`), err
}

// withPairOf is the login with the key pair that the org has by now.
func withPairOf(s *fakeSession, flow fixtures.Flow) (request.Wire, error) {
	told, err := s.org.Credentials("")
	if err != nil {
		return request.Wire{}, err
	}
	c := s.creds
	c.ClientID, c.ClientSecret = told.ClientID, told.ClientSecret
	return request.Build(flow, c, nil, s.Now(), nil)
}

// credentialsOf are those of the app that the plan's client logs in with in the end.
func credentialsOf(s *fakeSession, plan reproduce.Plan) request.Credentials {
	c := s.creds
	id, secret := plan.Settings()
	for _, app := range s.org.Config().Apps {
		if app.ConsumerKey == id {
			c.ClientSecret = app.ConsumerSecret
		}
	}
	c.ClientID, c.ClientSecret = cmp.Or(id, c.ClientID), cmp.Or(secret, c.ClientSecret)
	return c
}

// variables are those of a client whose settings are right.
func variables(c request.Credentials, server *mocksf.Server) map[string]string {
	return map[string]string{
		"SF_LOGIN_URL": server.URL(), "SF_TOKEN_URL": server.URL() + request.TokenPath, "SF_CLIENT_ID": c.ClientID, "SF_CLIENT_SECRET": c.ClientSecret,
		"SF_USERNAME": c.Username, "SF_AUDIENCE": c.RightAudience(), "SF_ALLOW_LOOPBACK_HTTP": "true", "MOCKSF_CONTROL_URL": server.ControlURL(),
	}
}

// curlTo are the requests as lines for sh that reach the server; empty if there are none.
func curlTo(server *mocksf.Server, requests ...request.Wire) (string, error) {
	var lines []string
	for _, w := range requests {
		if w.Method == "" {
			continue
		}
		w, err := w.Via(server.URL())
		if err != nil {
			return "", err
		}
		lines = append(lines, w.Curl())
	}
	return strings.Join(lines, "\n"), nil
}

package main

import (
	"context"
	"fmt"
	"maps"

	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/suites/guides"
	"github.com/sfconform/sfconform/suites/reproduce"
)

// serve starts the fake, prints the recipe, and waits for the end of the context.
func (f reproduceFlags) serve(ctx context.Context, w world, plan reproduce.Plan) error {
	r, end, err := f.recipe(ctx, w, plan)
	if err != nil {
		return harnessError(err)
	}
	defer end()
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
	r := recipe{Plan: plan, Control: session.server.ControlURL(), Answers: answersOf(plan.Refusals)}
	r.Variables = variables(session.creds, session.server)
	if r.Show, err = curlTo(staged.Shows, session.server); err == nil {
		r.Works, err = curlTo(staged.Works, session.server)
	}
	if err == nil {
		r.Change, err = controlCommands(r.Control, plan.Cure)
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
	plan.Cure.Org, plan.Cure.Wait = held.Cure, held.Spread()
	r := recipe{Plan: plan, Control: held.Server.ControlURL(), Answers: answersOf(plan.Refusals)}
	r.Variables = map[string]string{"SF_LOGIN_URL": held.Server.URL(), "MOCKSF_CONTROL_URL": r.Control, "SF_ALLOW_LOOPBACK_HTTP": "true"}
	if told, err := held.Server.Org().Credentials(guide.App); err == nil {
		maps.Copy(r.Variables, map[string]string{
			"SF_CLIENT_ID": told.ClientID, "SF_CLIENT_SECRET": told.ClientSecret, "SF_USERNAME": told.Username, "SF_TOKEN_URL": told.TokenURL,
		})
	}
	if held.Stopped != nil {
		r.Stopped = held.Failure()
		return r, end, nil
	}
	if r.Show, err = curlTo(held.Shows, held.Server); err == nil {
		r.Works, err = curlTo(held.Works, held.Server)
	}
	if err == nil {
		r.Change, err = controlCommands(r.Control, plan.Cure)
	}
	if err != nil {
		end()
	}
	return r, end, err
}

// variables are those of a client whose settings are right.
func variables(c request.Credentials, server *mocksf.Server) map[string]string {
	return map[string]string{
		"SF_LOGIN_URL": server.URL(), "SF_TOKEN_URL": server.URL() + request.TokenPath, "SF_CLIENT_ID": c.ClientID, "SF_CLIENT_SECRET": c.ClientSecret,
		"SF_USERNAME": c.Username, "SF_AUDIENCE": c.RightAudience(), "SF_ALLOW_LOOPBACK_HTTP": "true", "MOCKSF_CONTROL_URL": server.ControlURL(),
	}
}

// curlTo is the request as a line for sh that reaches the server; empty if there is none.
func curlTo(w request.Wire, server *mocksf.Server) (string, error) {
	if w.Method == "" {
		return "", nil
	}
	w, err := w.Via(server.URL())
	return w.Curl(), err
}

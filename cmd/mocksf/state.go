package main

import (
	"io"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/mocksf"
)

// state is what the fake starts as: an org, the app whose credentials are
// printed, and the case that it plays, if any.
type state struct {
	org fixtures.Org
	// others are orgs in the same process, each at an address of its own.
	others []fixtures.Org
	app    string
	play   *fixtures.Case
	// client is what the client of a case was told, be the app still there or not;
	// its addresses are the org's real ones.
	client *request.Credentials
	// flow and edits make the request whose curl line is printed.
	flow  fixtures.Flow
	edits []fixtures.Edit
}

// prepare makes the state that the flags ask for. Errors name the flag.
func prepare(s settings, stderr io.Writer) (state, error) {
	st := state{app: s.app, flow: fixtures.ClientCredentials}
	var err error
	switch {
	case s.caseID != "":
		st, err = caseState(s.caseID, s.app)
	case len(s.orgFiles) > 0:
		st.org, st.others, err = loadOrgs(s.orgFiles, stderr)
	default:
		st.org, err = fixtures.BuiltInOrg("production")
	}
	if err != nil {
		return st, err
	}
	if st.org, err = s.deployed(st.org, stderr); err != nil {
		return st, err
	}
	if st.org, err = applyBehaviour(st.org, s.behaviour); err != nil {
		return st, err
	}
	if st.client != nil && s.app == "" {
		return st, nil
	}
	if st.app, err = mocksf.ChooseApp(st.org, st.app); err != nil {
		return st, codedError{code: exitUsage, err: err}
	}
	return st, nil
}

// loadOrgs reads the org that is played first and those beside it.
func loadOrgs(files []string, stderr io.Writer) (first fixtures.Org, others []fixtures.Org, err error) {
	for i, file := range files {
		org, err := loadOrg(file, stderr)
		if err != nil {
			return first, others, err
		}
		if i == 0 {
			first = org
			continue
		}
		others = append(others, org)
	}
	return first, others, nil
}

func caseState(id, app string) (state, error) {
	c, err := fixtures.CaseByID(fixtures.CaseID(id))
	if err != nil {
		return state{}, usageError("--case: %v (sfconform list names them)", err)
	}
	setup, err := fixtures.SetupByID(c.Setup)
	if err != nil {
		return state{}, err
	}
	org, err := setup.Org(c.Org...)
	if err != nil {
		return state{}, err
	}
	if app != "" {
		setup.App = app
	}
	intact, err := setup.Org()
	if err != nil {
		return state{}, err
	}
	client, err := request.FromSetup(intact, setup)
	if err != nil {
		return state{}, err
	}
	return state{org: org, app: setup.App, play: &c, client: &client, flow: c.Flow, edits: c.Request}, nil
}

package lint_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/flows"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/lint"
)

// login boots the project's org and logs in by the flow at the app; it says whether that worked.
func login(t *testing.T, org fixtures.Org, app string, flow fixtures.Flow) bool {
	t.Helper()
	server, err := mocksf.New(mocksf.Options{Orgs: []fixtures.Org{org}, Seed: 1, Start: now, Frozen: true})
	if err != nil {
		t.Fatal(err)
	}
	creds, err := server.Org().Credentials(app)
	if err != nil {
		t.Fatal(err)
	}
	var f flows.Flow = flows.ClientCredentials{LoginURL: creds.MyDomainURL, ClientID: creds.ClientID, ClientSecret: creds.ClientSecret}
	if flow == fixtures.JWTBearer {
		key, err := flows.ParsePrivateKey([]byte(creds.PrivateKey))
		if err != nil {
			// A certificate of another pair, or none: nobody has the key here.
			return false
		}
		user := creds.Username
		if _, ok := org.Users[user]; !ok {
			user = slices.Sorted(maps.Keys(org.Users))[0]
		}
		f = flows.JWTBearer{LoginURL: creds.MyDomainURL, ClientID: creds.ClientID, Username: user, PrivateKey: key}
	}
	source, err := flows.NewTokenSource(f, flows.Options{Transport: server.RoundTripper(), Now: server.Org().Now})
	if err != nil {
		t.Fatal(err)
	}
	_, err = source.AccessToken(t.Context())
	return err == nil
}

// What the linter says of a project is what the fake does with it: for the project
// of every rule and both flows.
func TestTheVerdictIsWhatHappens(t *testing.T) {
	t.Parallel()
	files, org := working(t)
	projects := append(append([]example{{rule: "none"}, {rule: "machine", machine: true}}, examples...), connectedExamples...)
	for _, e := range projects {
		base := files
		if e.machine {
			base = edited(t, files, machine(t, files))
		}
		var known *fixtures.Org
		if e.rule == "ECA17" {
			known = &org
		}
		p, found := linted(t, edited(t, base, e.edits), known)
		made, _, err := p.Org(metadata.OrgOptions{Base: known})
		for _, flow := range []fixtures.Flow{fixtures.ClientCredentials, fixtures.JWTBearer} {
			v := lint.Judge(p, found, flow)
			if known != nil && flow == fixtures.JWTBearer {
				// Whom an assertion names is not in the files.
				continue
			}
			works := err == nil && len(made.Apps) > 0 && v.App != "" && login(t, made, v.App, flow)
			if works != v.Works {
				t.Errorf("%s: %s: the login works: %v (%v)\n%s", e.rule, v, works, err, described(found))
			}
		}
	}
}

func TestTheVerdictSaysWhyInTheOrgsWords(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	tests := []struct {
		edits []edit
		flow  fixtures.Flow
		want  []string
	}{
		{nil, fixtures.ClientCredentials, []string{`client-credentials: yes: the app "integration" would log in`}},
		{[]edit{{policies, flowOn, flowOff}}, fixtures.ClientCredentials, []string{"no", "ECA03", policies, fixtures.MustRefusal("client-credentials-policy-off").Answer.Description}},
		{[]edit{{policies, approved, "AllSelfAuthorized"}}, fixtures.JWTBearer, []string{"no", "ECA15", fixtures.MustRefusal("user-not-approved").Answer.Description}},
		{machine(t, files), fixtures.JWTBearer, []string{"jwt-bearer: no: no app of the project is set up for it"}},
		{[]edit{{plugin, "<isEnabled>true", "<isEnabled>yes"}}, fixtures.JWTBearer, []string{"no", "ECA00", "(the deploy fails)"}},
		{[]edit{{oauth, "Api, RefreshToken", "api, RefreshToken"}}, fixtures.JWTBearer, []string{"no", "ECA12", "(deploy: " + blanked("scope-unknown", "scopes", "api")}},
	}
	for _, test := range tests {
		p, found := linted(t, edited(t, files, test.edits), nil)
		text := lint.Judge(p, found, test.flow).String()
		for _, want := range test.want {
			if !strings.Contains(text, want) {
				t.Errorf("%v gives %q, want %q", test.edits, text, want)
			}
		}
	}
}

// Seed 003 as printed: both policy elements go into the file that its Help page names.
func TestTheHelpPageAsPrintedIsExplained(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	printed := edited(t, files, []edit{
		{policies, "    " + flowOn + "\n", ""},
		{policies, userLine, ""},
		{plugin, label, "    " + flowOn + "\n" + userLine + label},
	})
	p, found := linted(t, printed, nil)
	if ids(found) != "ECA01" || len(found) != 2 {
		t.Errorf("found\n%s", described(found))
	}
	if v := lint.Judge(p, found, fixtures.ClientCredentials); v.Works || v.Because.Rule != "ECA01" {
		t.Errorf("the verdict is %s", v)
	}
	mended, made := lint.Apply(found)
	maps.Copy(printed, mended)
	if p, found = linted(t, printed, nil); made != 2 || len(found) > 0 || !lint.Judge(p, found, fixtures.ClientCredentials).Works {
		t.Errorf("%d fixes lead to\n%s", made, described(found))
	}
}

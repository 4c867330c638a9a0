package interop_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

func sfRow(situation string) row {
	return row{client: "Salesforce CLI", way: "deploy", situation: situation}
}

// The guide puts the flow's switch and the Run As user into the wrong file (facts:
// metadata.md section 0.1). The CLI deploys it as printed and is refused; lint says
// why; in the right file they work.
func TestTheGuideForClientCredentialsFailsAsPrintedAndWorksOnceCorrected(t *testing.T) {
	t.Parallel()
	requireInstalled(t)
	try(t, sfRow("client credentials guide, as printed"), func(t *testing.T) string {
		t.Helper()
		s := newSFCLI(t, "sf/seed003")
		r := s.deploy(t)
		want := fixtures.Answer{Description: fixtures.MustDeployError("element-invalid").Text}.With(
			"element", "{"+fixtures.MetadataNamespace+"}isClientCredentialsFlowEnabled", "type", "ExtlClntAppConfigurablePolicies").Description
		if r.Status == 0 || !strings.Contains(r.failed(), want) {
			t.Errorf("status %d, %s %q, want %q", r.Status, r.Message, r.failed(), want)
		}
		if said := lint(t, s.dir); !strings.Contains(said, "ECA01") {
			t.Errorf("lint does not name the wrong file:\n%s", said)
		}
		return r.failed()
	})
	try(t, sfRow("client credentials guide, corrected"), func(t *testing.T) string {
		t.Helper()
		s := newSFCLI(t, "sf/seed003")
		s.spreads(t, "2m")
		corrected(t, s)
		if r := s.deploy(t); r.Status != 0 {
			t.Fatalf("%s %s", r.Message, r.failed())
		}
		id, secret := s.pair(t, "Nightly")
		early := s.login(t, "body", id, secret)
		if early == nil || !strings.Contains(early.Error(), fixtures.MustRefusal("client-id-unknown").Answer.Error) {
			t.Errorf("before the app has spread: %v", early)
		}
		s.fake.control(t, "/clock", `{"settle":true}`)
		if err := s.login(t, "body", id, secret); err != nil {
			t.Error(err)
		}
		return "deployed, spread, logged in"
	})
}

// corrected moves the policies into the file that has them.
func corrected(t *testing.T, s *sfCLI) {
	t.Helper()
	const wrong, right = "force-app/Nightly_plcy.ecaPlcy-meta.xml", "force-app/Nightly_oauthPlcy.ecaOauthPlcy-meta.xml"
	if err := os.Rename(filepath.Join(s.dir, wrong), filepath.Join(s.dir, right)); err != nil {
		t.Fatal(err)
	}
	s.rewrite(t, right, "ExtlClntAppConfigurablePolicies", "ExtlClntAppOauthConfigurablePolicies")
	s.rewrite(t, right, "    <isEnabled>true</isEnabled>\n", "")
}

func TestTheGuideForJWTBearerIsFollowedByTheRealCLI(t *testing.T) {
	t.Parallel()
	requireInstalled(t)
	try(t, sfRow("JWT bearer guide"), func(t *testing.T) string {
		t.Helper()
		s := machine(t)
		s.spreads(t, "2m")
		if r := s.deploy(t); r.Status != 0 {
			t.Fatalf("%s %s", r.Message, r.failed())
		}
		s.fake.control(t, "/clock", `{"settle":true}`)
		key := retrievedKey(t, s)
		if err := s.login(t, "jwt", key, ""); err != nil {
			t.Error(err)
		}
		s.rewrite(t, globalOfMachine, "<certificate>", "<!--")
		s.rewrite(t, globalOfMachine, "</certificate>", "-->")
		if r := s.deploy(t); r.Status != 0 {
			t.Fatalf("%s %s", r.Message, r.failed())
		}
		s.fake.control(t, "/clock", `{"settle":true}`)
		if err := s.login(t, "jwt", key, ""); err == nil {
			t.Error("a deploy without the certificate did not clear it")
		}
		return "deployed, retrieved the key, logged in; without the certificate no more"
	})
}

const globalOfMachine = "force-app/Machine_glbloauth.ecaGlblOauth-meta.xml"

// machine is the CLI in the project of the JWT bearer guide, with the certificate.
func machine(t *testing.T, flags ...string) *sfCLI {
	t.Helper()
	certificate, err := fixtures.TestCertificate("integration")
	if err != nil {
		t.Fatal(err)
	}
	s := newSFCLI(t, "sf/seed004", flags...)
	s.rewrite(t, globalOfMachine, "CERTIFICATE", certificate)
	return s
}

var consumerKey = regexp.MustCompile(`<consumerKey>([^<]+)</consumerKey>`)

// retrievedKey retrieves the app's key, which comes without a secret.
func retrievedKey(t *testing.T, s *sfCLI) string {
	t.Helper()
	if r := s.sf(t, "project", "retrieve", "start", "--metadata", "ExtlClntAppGlobalOauthSettings:Machine_glbloauth"); r.Status != 0 {
		t.Fatal(r.Message)
	}
	data, err := os.ReadFile(filepath.Join(s.dir, globalOfMachine))
	if err != nil {
		t.Fatal(err)
	}
	found := consumerKey.FindSubmatch(data)
	if found == nil || strings.Contains(string(data), "consumerSecret") {
		t.Fatalf("no key, or a secret, in\n%s", data)
	}
	return string(found[1])
}

func TestTheCLIDeploysOverRESTAndInTwoSteps(t *testing.T) {
	t.Parallel()
	requireInstalled(t)
	try(t, sfRow("REST, validated first"), func(t *testing.T) string {
		t.Helper()
		s := machine(t)
		s.env = append(s.env, "SF_ORG_METADATA_REST_DEPLOY=true")
		checked := s.sf(t, "project", "deploy", "validate", "--manifest", "package.xml")
		if checked.Status != 0 || strings.Contains(string(s.fake.read(t, "/org")), "Machine") {
			t.Fatalf("%d %s %s, or the validation changed the org", checked.Status, checked.Message, checked.failed())
		}
		if r := s.sf(t, "project", "deploy", "quick", "--job-id", checked.Result.ID); r.Status != 0 {
			t.Fatalf("%s %s", r.Message, r.failed())
		}
		if s.fake.seen(t, "/services/data/v67.0/metadata/deployRequest") < 2 {
			t.Error("it did not go over REST")
		}
		s.pair(t, "Machine")
		return "validated, then deployed by its id"
	})
}

func TestTheCLIDoesNotDeployWithATokenInJWTFormat(t *testing.T) {
	t.Parallel()
	requireInstalled(t)
	try(t, sfRow("a token in JWT format"), func(t *testing.T) string {
		t.Helper()
		s := machine(t, "--case", "metadata-api-jwt-format")
		r := s.deploy(t)
		if r.Status == 0 || !strings.Contains(r.Message, "JWT") || strings.Contains(string(s.fake.read(t, "/org")), "Machine") {
			t.Errorf("it deployed, or does not name the format: %+v", r)
		}
		return r.Message
	})
}

// Salesforce's own library finds the same components in what is exported.
func TestSalesforcesLibraryResolvesWhatIsExported(t *testing.T) {
	t.Parallel()
	requireInstalled(t)
	try(t, row{client: "source-deploy-retrieve", way: "resolve", situation: "an exported project"}, func(t *testing.T) string {
		t.Helper()
		dir := filepath.Join(t.TempDir(), "project")
		sfconform(t, "export", "--org", "../../fixtures/orgs/production.yaml", "--out", dir)
		out, err := exec.CommandContext(t.Context(), "node", "sf/resolve.mjs", dir).Output()
		if err != nil {
			t.Fatal(err)
		}
		found := strings.Fields(string(out))
		for _, want := range []string{
			"ExternalClientApplication:integration", "ExtlClntAppGlobalOauthSettings:integration_glbloauth", "ExtlClntAppOauthSettings:integration_oauth",
			"ExtlClntAppOauthConfigurablePolicies:integration_oauthPlcy", "ExtlClntAppConfigurablePolicies:integration_plcy",
		} {
			if !slices.Contains(found, want) {
				t.Errorf("%s is not among %v", want, found)
			}
		}
		return strings.Join(found, " ")
	})
}

// lint is what sfconform says of a project.
func lint(t *testing.T, dir string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "run", "github.com/sfconform/sfconform/cmd/sfconform", "lint", dir)
	// It ends with 1 where it finds something.
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Error("lint finds nothing")
	}
	return string(out)
}

func sfconform(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"run", "github.com/sfconform/sfconform/cmd/sfconform"}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("sfconform %v: %v\n%s", args, err, out)
	}
}

package lint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata/lint"
)

// blanked is a deploy error's text with its blanks filled in.
func blanked(id fixtures.DeployErrorID, values ...string) string {
	return fixtures.Answer{Description: fixtures.MustDeployError(id).Text}.With(values...).Description
}

func TestAFindingSaysWhatTheDeploySaysOfThisPlace(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	ns := "{" + fixtures.MetadataNamespace + "}"
	for name, test := range map[string]struct {
		rule  fixtures.LintRuleID
		edits []edit
		want  string
	}{
		"element": {"ECA10", []edit{{oauth, label, "    <scopes>Api</scopes>\n" + label}}, blanked("element-invalid", "element", ns+"scopes", "type", "ExtlClntAppOauthSettings")},
		"version": {
			"ECA11",
			[]edit{{policies, label, "    <isNamedUserJwtEnabled>true</isNamedUserJwtEnabled>\n" + label}},
			blanked("property-not-in-version", "element", "isNamedUserJwtEnabled", "version", "66.0"),
		},
		"value of a version": {
			"ECA11",
			[]edit{{policies, label, "    <policyAction>StepUpMFA</policyAction>\n" + label}},
			blanked("enum-value-invalid", "value", "StepUpMFA", "enum", "PolicyAction"),
		},
		"scope":         {"ECA12", []edit{{oauth, "Api, RefreshToken", "McpApi, Api, RefreshToken"}}, blanked("scope-unknown", "scopes", "McpApi")},
		"value":         {"ECA13", []edit{{policies, ">Enforce<", ">ENFORCE<"}}, blanked("enum-value-invalid", "value", "ENFORCE", "enum", "IPRelaxationPolicyType")},
		"no words":      {"ECA00", []edit{{plugin, "<isEnabled>true", "<isEnabled>yes"}}, ""},
		"the rule's":    {"ECA04", []edit{{policies, userLine, ""}}, blanked("execution-user-invalid")},
		"settings gone": {"ECA08", []edit{{path: oauth}}, blanked("oauth-settings-missing")},
	} {
		_, found := linted(t, edited(t, files, test.edits), nil)
		at := slices.IndexFunc(found, func(f lint.Finding) bool { return f.Rule == test.rule })
		if at < 0 {
			t.Errorf("%s: %s is not among\n%s", name, test.rule, described(found))
			continue
		}
		if got := strings.Join(found[at].Deploys, "|"); !strings.HasPrefix(got, test.want) || (got == "") != (test.want == "") {
			t.Errorf("%s: the deploy says %q, want %q", name, got, test.want)
		}
	}
	for _, e := range append(examples, connectedExamples...) {
		base := files
		if e.machine {
			base = edited(t, files, machine(t, files))
		}
		_, found := linted(t, edited(t, base, e.edits), nil)
		for _, f := range found {
			if strings.Contains(strings.Join(f.Deploys, " "), "${") {
				t.Errorf("%s: a blank is left in %q", f.Rule, f.Deploys)
			}
		}
	}
}

// Facts: metadata.md section 9: the file belongs into no repository, and the org has it.
func TestAnAppWithoutItsGlobalSettingsIsWarnedOf(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	p, found := linted(t, edited(t, files, []edit{{path: global}}), nil)
	at := slices.IndexFunc(found, func(f lint.Finding) bool { return f.Rule == "ECA08" })
	if at < 0 || found[at].Severity != fixtures.LintWarning || len(found[at].Deploys) > 0 {
		t.Fatalf("found\n%s", described(found))
	}
	if v := lint.Judge(p, found, fixtures.ClientCredentials); v.Works {
		t.Errorf("the project as it stands would log in: %+v", v)
	}
	_, found = linted(t, edited(t, files, []edit{{path: oauth}}), nil)
	if at := slices.IndexFunc(found, func(f lint.Finding) bool { return f.Rule == "ECA08" }); at < 0 || found[at].Severity != fixtures.LintError {
		t.Errorf("without its OAuth settings: found\n%s", described(found))
	}
}

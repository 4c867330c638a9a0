package lint_test

import (
	"slices"
	"strings"
	"testing"
)

func TestProfilesThatLimitAddressesAreToldOfOnce(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	for profiles, want := range map[string]string{
		"A":             `by the profile "A":`,
		"A, B":          `by the profiles "A" and "B":`,
		"A, B, C, D":    `by the profiles "A", "B", "C" and "D":`,
		"A, B, C, D, E": `by the profiles "A", "B", "C" and 2 more:`,
	} {
		edits := []edit{{policies, label, "    <commaSeparatedProfile>" + profiles + "</commaSeparatedProfile>\n" + label}}
		for name := range strings.SplitSeq(profiles, ", ") {
			edits = append(edits, edit{root + "profiles/" + name + ".profile-meta.xml", "", `<Profile xmlns="http://soap.sforce.com/2006/04/metadata">
    <loginIpRanges><endAddress>10.0.0.9</endAddress><startAddress>10.0.0.1</startAddress></loginIpRanges>
</Profile>`})
		}
		if _, found := linted(t, edited(t, files, edits), nil); ids(found) != "ECA26" || len(found) != 1 || !strings.Contains(found[0].Message, want) {
			t.Errorf("%s: found\n%s", profiles, described(found))
		}
	}
}

func TestAManifestOfANewerVersionIsNamedWhereTheProjectsIsTooOld(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	newer := []edit{{policies, label, "    <policyAction>StepUpMFA</policyAction>\n" + label}, {manifest, "66.0", "67.0"}}
	for listed, want := range map[string]bool{"<members>integration_oauthPlcy</members>": true, "<members>other_oauthPlcy</members>": false} {
		edits := slices.Concat(newer, []edit{{manifest, "<members>integration_oauthPlcy</members>", listed}})
		_, found := linted(t, edited(t, files, edits), nil)
		if got := strings.Contains(described(found), "; manifest/package.xml is of 67.0, and a deploy by it takes this (--manifest manifest/package.xml)"); got != want {
			t.Errorf("%s: found\n%s", listed, described(found))
		}
	}
}

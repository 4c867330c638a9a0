package lint_test

import (
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

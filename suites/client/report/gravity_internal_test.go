package report

import (
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// The names are in a table here and in the catalogue there: a slip would go unnoticed.
func TestGravitiesNameRequirementsOfTheCatalogue(t *testing.T) {
	t.Parallel()
	for id, causes := range roots {
		for _, one := range append(causes, id) {
			if _, known := fixtures.RequirementByID(one); !known {
				t.Errorf("%q is no requirement", one)
			}
		}
	}
	for id := range gravities {
		if _, known := fixtures.RequirementByID(id); !known {
			t.Errorf("%q is no requirement", id)
		}
	}
	for _, group := range fixtures.RequirementGroup("").Values() {
		if _, known := groupGravities[fixtures.RequirementGroup(group)]; !known {
			t.Errorf("group %q has no gravity", group)
		}
	}
}

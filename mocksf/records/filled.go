package records

import (
	"fmt"

	"github.com/sfconform/sfconform/fixtures"
)

// maxFilled bounds the memory of an org: fifty of the service's largest pages.
const maxFilled = 100_000

// Filled is a change of an org that gives an object so many records, those that every
// org holds among them, so that a query answers in as many pages as a caller wants:
// 1,300 records are seven pages of the smallest size, 200. The error says that there are
// too many.
func Filled(object string, count int) (fixtures.Change, error) {
	if count < 1 || count > maxFilled {
		return fixtures.Change{}, fmt.Errorf("records: %d records of %s are out of range: give 1 to %d", count, object, maxFilled)
	}
	seeded := map[string]int{
		"Account": len(companies) * len(trades), "Contact": len(givenNames) * len(familyNames), "Opportunity": opportunities,
	}[object]
	list := []fixtures.Record{}
	for n := seeded + 1; n <= count; n++ {
		list = append(list, filled(object, n))
	}
	return fixtures.Set("records/"+object, list), nil
}

// filled is the n-th record of an object, with what it must have.
func filled(object string, n int) fixtures.Record {
	name := fmt.Sprintf("%s %06d", label(object), n)
	r := fixtures.Record{"Name": name, "ExternalId__c": fmt.Sprintf("filled-%d", n)}
	switch object {
	case "Contact":
		r["LastName"] = name
	case "Opportunity":
		r["StageName"], r["CloseDate"] = stages[n%len(stages)], "2026-01-31"
	}
	return r
}

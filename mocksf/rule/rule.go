// Package rule decides by ordered lists of conditions: the first that does not
// hold names the refusal. A predicate says only whether its rule holds; it cannot
// choose the answer.
package rule

import (
	"fmt"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// Rule is one condition of an answer about a T.
type Rule[T any] struct {
	// Name reads as the fact that holds: "secret-matches".
	Name string
	// Refusal is the answer if it does not.
	Refusal fixtures.RefusalID
	Holds   func(T) bool
	// Under is the reading of a behaviour switch under which the rule is in force;
	// the zero value means always.
	Under fixtures.Reading
}

// When puts the rule under an option of a behaviour switch.
func (r Rule[T]) When(id fixtures.SwitchID, option string) Rule[T] {
	r.Under = fixtures.Reading{Switch: id, Option: option}
	return r
}

// Catalogue is the refusals by id, made once for all orgs. Nothing changes it.
var Catalogue = sync.OnceValue(func() map[fixtures.RefusalID]*fixtures.Refusal {
	byID := make(map[fixtures.RefusalID]*fixtures.Refusal, len(fixtures.Refusals))
	for i := range fixtures.Refusals {
		byID[fixtures.Refusals[i].ID] = &fixtures.Refusals[i]
	}
	return byID
})

// Bound is a rule with its refusal looked up.
type Bound[T any] struct {
	Rule[T]
	Answer *fixtures.Refusal
}

// List is rules in the order in which they are asked.
type List[T any] []Bound[T]

// Bind looks the refusals and switches of rules up, and leaves out the rules whose
// names are skipped. Errors name the rule.
func Bind[T any](rules []Rule[T], skip map[string]bool) (List[T], error) {
	var list List[T]
	for _, r := range rules {
		if skip[r.Name] {
			continue
		}
		_, err := fixtures.RefusalByID(r.Refusal)
		if err == nil && r.Under.Switch != "" {
			err = r.Under.Check()
		}
		if err != nil {
			return nil, fmt.Errorf("rule %q: %w", r.Name, err)
		}
		list = append(list, Bound[T]{r, Catalogue()[r.Refusal]})
	}
	return list, nil
}

// MustBind is Bind for rules that are written down in this repository.
func MustBind[T any](rules []Rule[T]) List[T] {
	list, err := Bind(rules, nil)
	if err != nil {
		panic(err)
	}
	return list
}

// Decide is the first rule in force that does not hold, or nil if all do.
func (l List[T]) Decide(org *snapshot.Org, x T) *Bound[T] {
	for i := range l {
		if inForce := l[i].Under.Switch == "" || org.Answers(l[i].Under); inForce && !l[i].Holds(x) {
			return &l[i]
		}
	}
	return nil
}

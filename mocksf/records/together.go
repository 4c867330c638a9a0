package records

import (
	"maps"
	"slices"

	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// Writes are several writes that nobody sees until all of them are made.
type Writes struct {
	store *Store
	org   *snapshot.Org
	by    Author
}

// Together makes several writes in one go. What was written is undone unless do says to
// keep it. It must not call the store but through the writes that it is given.
func (s *Store) Together(org *snapshot.Org, by Author, do func(Writes) (keep bool)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.overlay.clone()
	if !do(Writes{s, org, by}) {
		// The tables hold what is undone: they are made anew when they are asked for.
		s.overlay, s.tables = before, nil
	}
}

// Create is Store.Create.
func (w Writes) Create(object string, values Values) (string, error) {
	return w.store.create(w.org, object, values, w.by)
}

// Update is Store.Update.
func (w Writes) Update(object, id string, values Values) error {
	return w.store.update(w.org, object, id, values, w.by)
}

// Upsert is Store.Upsert.
func (w Writes) Upsert(object, field, value string, values Values) (id string, created bool, err error) {
	return w.store.upsert(w.org, object, field, value, values, w.by)
}

// Delete is Store.Delete of a record of whatever object the id belongs to.
func (w Writes) Delete(id string) error {
	hit, ok := w.store.current(w.org).lookUp(id)
	if !ok {
		return &Error{Reason: NoRecord, Value: id}
	}
	return w.store.remove(w.org, hit.object.Name, id, w.by)
}

// clone is a copy that later writes leave alone.
func (o overlay) clone() overlay {
	created := make(map[string][]string, len(o.created))
	for name, ids := range o.created {
		created[name] = slices.Clone(ids)
	}
	return overlay{rows: maps.Clone(o.rows), created: created}
}

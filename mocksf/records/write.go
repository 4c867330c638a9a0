package records

import (
	"maps"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// Values are what a client sends of a record, by field name, as JSON has them: nil,
// string, bool, json.Number, []any or map[string]any.
type Values map[string]any

// Create adds a record and returns its id. Errors are *Error.
func (s *Store) Create(org *snapshot.Org, object string, values Values, by Author) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.create(org, object, values, by)
}

func (s *Store) create(org *snapshot.Org, object string, values Values, by Author) (string, error) {
	t := s.current(org)
	o, err := t.writable(object)
	if err != nil {
		return "", err
	}
	return s.insert(t, o, values, by)
}

// Update changes a record. Errors are *Error.
func (s *Store) Update(org *snapshot.Org, object, id string, values Values, by Author) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.update(org, object, id, values, by)
}

func (s *Store) update(org *snapshot.Org, object, id string, values Values, by Author) error {
	t := s.current(org)
	o, err := t.writable(object)
	if err != nil {
		return err
	}
	row, err := t.existing(o, id)
	if err != nil {
		return err
	}
	return s.change(t, o, row, values, by)
}

// Delete puts a record into the recycle bin. Errors are *Error.
func (s *Store) Delete(org *snapshot.Org, object, id string, by Author) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.remove(org, object, id, by)
}

func (s *Store) remove(org *snapshot.Org, object, id string, by Author) error {
	t := s.current(org)
	o, err := t.writable(object)
	if err != nil {
		return err
	}
	row, err := t.existing(o, id)
	if err != nil {
		return err
	}
	next := by.stamped(maps.Clone(row))
	next["IsDeleted"] = true
	s.put(o, next)
	return nil
}

// Upsert changes the record whose external id field has the value, or creates it.
// Errors are *Error.
func (s *Store) Upsert(org *snapshot.Org, object, field, value string, values Values, by Author) (id string, created bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.upsert(org, object, field, value, values, by)
}

func (s *Store) upsert(org *snapshot.Org, object, field, value string, values Values, by Author) (id string, created bool, err error) {
	t := s.current(org)
	o, err := t.writable(object)
	if err != nil {
		return "", false, err
	}
	f, err := o.externalID(field)
	if err != nil {
		return "", false, err
	}
	for name := range values {
		if o.Field(name) == f {
			return "", false, &Error{Reason: UnexpectedField, Object: o.Name, Fields: []string{f.Name}}
		}
	}
	if row := t.byExternalID(o, f, value); row != nil {
		return row.ID(), false, s.change(t, o, row, values, by)
	}
	values = maps.Clone(values)
	if values == nil {
		values = Values{}
	}
	values[f.Name] = value
	id, err = s.insert(t, o, values, by)
	return id, err == nil, err
}

// insert adds a record; the caller holds the lock.
func (s *Store) insert(t *tables, o *Object, values Values, by Author) (string, error) {
	if o.hasID(values) {
		return "", &Error{Reason: IDInInsert, Object: o.Name, Fields: []string{"Id"}}
	}
	row, err := t.accepted(o, Row{}, values)
	if err != nil {
		return "", err
	}
	if s.overlay.count() >= maxCreated {
		return "", &Error{Reason: StorageFull, Object: o.Name}
	}
	row["Id"] = recordID(t.org, o.KeyPrefix, firstCreated+len(s.overlay.created[o.Name]))
	row["IsDeleted"], row["CreatedById"] = false, by.User
	by.stamped(row)
	row["CreatedDate"] = row["LastModifiedDate"]
	if o.Field("OwnerId") != nil && row["OwnerId"] == nil {
		row["OwnerId"] = by.User
	}
	s.overlay.created[o.Name] = append(s.overlay.created[o.Name], row.ID())
	s.put(o, row)
	return row.ID(), nil
}

// change changes a record; the caller holds the lock.
func (s *Store) change(t *tables, o *Object, row Row, values Values, by Author) error {
	if o.hasID(values) {
		return &Error{Reason: UnexpectedField, Object: o.Name, Fields: []string{"Id"}}
	}
	next, err := t.accepted(o, row, values)
	if err != nil {
		return err
	}
	s.put(o, by.stamped(next))
	return nil
}

// put makes a row the newest of its record.
func (s *Store) put(o *Object, row Row) {
	s.overlay.rows[row.ID()] = row
	s.tables.put(o, row)
}

// writable is the object if records can be written to it.
func (t *tables) writable(name string) (*Object, error) {
	o := t.object(name)
	if o == nil || o.ReadOnly {
		return nil, &Error{Reason: NoObject, Object: name}
	}
	return o, nil
}

// existing is the row of a record that is there.
func (t *tables) existing(o *Object, id string) (Row, error) {
	hit, ok := t.lookUp(id)
	switch {
	case !ok || hit.object.Name != o.Name:
		return nil, &Error{Reason: NoRecord, Object: o.Name, Value: id}
	case hit.row.deleted():
		return nil, &Error{Reason: DeletedRecord, Object: o.Name, ID: hit.row.ID()}
	}
	return hit.row, nil
}

// externalID is the field if it names records.
func (o *Object) externalID(name string) (*Field, error) {
	f := o.Field(name)
	if f == nil || !f.ExternalID {
		return nil, &Error{Reason: NoExternalID, Object: o.Name, Fields: []string{name}}
	}
	return f, nil
}

// byExternalID is the row with the value, which is not case-sensitive; nil if there is none.
func (t *tables) byExternalID(o *Object, f *Field, value string) Row {
	rows := t.rowsOf(o)
	i := slices.IndexFunc(rows, func(r Row) bool {
		s, ok := r[f.Name].(string)
		return ok && !r.deleted() && compareFold(s, value) == 0
	})
	if i < 0 {
		return nil
	}
	return rows[i]
}

// hasID says whether the values name an id.
func (o *Object) hasID(values Values) bool {
	for name := range values {
		if f := o.Field(name); f != nil && f.Type == ID {
			return true
		}
	}
	return false
}

// WellFormedID says whether the text has the look of an id, and whether the last three
// of 18 characters fit the others.
func WellFormedID(id string) (looks, fits bool) {
	if len(id) != 15 && len(id) != 18 || !idForm.MatchString(id) {
		return false, false
	}
	return true, len(id) == 15 || fixtures.ID18(id[:15]) == id
}

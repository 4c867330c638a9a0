package records

import (
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/mocksf/records/soql"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// Result is what a query found.
type Result struct {
	Object *Object
	// Count says that the query was SELECT COUNT(), which returns no records.
	Count bool
	// Total is how many records were found.
	Total   int
	Columns []Column
	rows    []Row
	tables  *tables
}

// Record is one record of a result.
type Record struct {
	Object *Object
	ID     string
	Cells  []Cell
}

// Cell is one field of a record. The value is nil, a string, a bool, a number or,
// for a parent, a Record.
type Cell struct {
	Name  string
	Value any
}

// Query finds the records that the query asks for; deleted ones are among them if
// withDeleted is set. Errors are *soql.Error.
func (s *Store) Query(org *snapshot.Org, now time.Time, q soql.Query, withDeleted bool) (Result, error) {
	t := s.tablesOf(org)
	v, err := newView(t, &q)
	if err != nil {
		return Result{}, err
	}
	columns, err := v.columns()
	if err != nil {
		return Result{}, err
	}
	meets, err := v.filter(q.Where, now)
	if err != nil {
		return Result{}, err
	}
	rows := slices.DeleteFunc(slices.Clone(t.rowsOf(v.object)), func(r Row) bool {
		return r.deleted() && !withDeleted || !meets(r)
	})
	if err := v.sort(rows); err != nil {
		return Result{}, err
	}
	rows = rows[min(q.Offset, len(rows)):]
	if q.Limit >= 0 {
		rows = rows[:min(q.Limit, len(rows))]
	}
	result := Result{Object: v.object, Count: q.Count, Total: len(rows), Columns: columns, rows: rows, tables: t}
	if q.Count {
		result.rows = nil
	}
	return result, nil
}

// sort puts the rows in the order that the query asks for. Empty fields come first
// unless the query says NULLS LAST.
func (v *view) sort(rows []Row) error {
	routes := make([]route, len(v.query.Order))
	for i, o := range v.query.Order {
		var err error
		if routes[i], err = v.resolve(o.Path); err != nil {
			return err
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		for i, o := range v.query.Order {
			if c := inOrder(o, v.value(routes[i], a), v.value(routes[i], b)); c != 0 {
				return c
			}
		}
		return 0
	})
	return nil
}

func inOrder(o soql.Order, a, b any) int {
	if (a == nil) != (b == nil) {
		if o.NullsLast {
			return compareBool(a == nil, b == nil)
		}
		return compareBool(a != nil, b != nil)
	}
	c, _ := compareValues(a, b)
	if o.Descending {
		return -c
	}
	return c
}

// Page is the records from one number up to another, both counted from 0.
func (r Result) Page(from, to int) []Record {
	list := []Record{}
	for _, row := range r.rows[min(from, len(r.rows)):min(to, len(r.rows))] {
		list = append(list, r.tables.record(r.Object, r.Columns, row))
	}
	return list
}

func (t *tables) record(o *Object, columns []Column, row Row) Record {
	rec := Record{Object: o, ID: row.ID()}
	for _, c := range columns {
		cell := Cell{Name: c.Name()}
		if len(c.Parent) == 0 {
			cell.Value = c.Field.wire(row[c.Field.Name])
		} else if up := t.parent(row, c.Field); up != nil {
			cell.Value = t.record(t.object(c.Field.ReferenceTo), c.Parent, up)
		}
		rec.Cells = append(rec.Cells, cell)
	}
	return rec
}

// Get is one record with the fields named, or with all of them if none is. Errors are
// *Error of the kinds NoObject, NoRecord, DeletedRecord and UnknownField.
func (s *Store) Get(org *snapshot.Org, object, id string, fields []string) (Record, error) {
	t := s.tablesOf(org)
	o := t.object(object)
	if o == nil {
		return Record{}, &Error{Reason: NoObject, Object: object}
	}
	row, err := t.existing(o, id)
	if err != nil {
		return Record{}, err
	}
	columns := everyColumn(o)
	if len(fields) > 0 {
		columns = nil
	}
	for _, name := range fields {
		f := o.Field(strings.TrimSpace(name))
		if f == nil {
			return Record{}, &Error{Reason: UnknownField, Object: o.Name, Fields: []string{name}}
		}
		columns = append(columns, Column{Field: f})
	}
	return t.record(o, columns, row), nil
}

// IDByExternalID is the id of the record whose external id field has the value. Errors
// are *Error of the kinds NoObject, NoExternalID and NoRecord.
func (s *Store) IDByExternalID(org *snapshot.Org, object, field, value string) (string, error) {
	t := s.tablesOf(org)
	o := t.object(object)
	if o == nil {
		return "", &Error{Reason: NoObject, Object: object}
	}
	f, err := o.externalID(field)
	if err != nil {
		return "", err
	}
	row := t.byExternalID(o, f, value)
	if row == nil {
		return "", &Error{Reason: NoRecord, Object: o.Name, Value: value}
	}
	return row.ID(), nil
}

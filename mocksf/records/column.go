package records

import (
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/records/soql"
)

// Column is one column of a result: a field, or a parent with columns of its own.
type Column struct {
	// Field is the field, or the reference that leads to the parent.
	Field *Field
	// Parent holds the columns of the parent; empty for a field.
	Parent []Column
}

// Name is the name of the column: the field's, or the relationship's.
func (c Column) Name() string {
	if len(c.Parent) > 0 {
		return c.Field.Relationship
	}
	return c.Field.Name
}

// maxEveryField is the most rows that FIELDS(ALL) returns, as on the service.
const maxEveryField = 200

// columns are what the query selects, fields of one parent together where the
// first of them stands.
func (v *view) columns() ([]Column, error) {
	q := v.query
	switch {
	case q.Count:
		return nil, nil
	case q.Every == soql.AllFields && (q.Limit < 0 || q.Limit > maxEveryField):
		return nil, v.malformed(string(q.Every), q.EveryAt)
	case q.Every != "":
		return everyColumn(v.object), nil
	}
	var columns []Column
	for _, p := range q.Fields {
		r, err := v.resolve(p)
		if err != nil {
			return nil, err
		}
		var added bool
		if columns, added = place(columns, r); !added {
			return nil, v.malformed(strings.Join(p.Names, "."), p.At)
		}
	}
	return columns, nil
}

// place adds the field at the end of the route; false if it is there already.
func place(columns []Column, r route) ([]Column, bool) {
	field, isParent := r.field, len(r.parents) > 0
	if isParent {
		field = r.parents[0]
	}
	for i, c := range columns {
		if c.Field != field || (len(c.Parent) > 0) != isParent {
			continue
		}
		if !isParent {
			return columns, false
		}
		below, added := place(c.Parent, route{r.parents[1:], r.field})
		columns[i].Parent = below
		return columns, added
	}
	c := Column{Field: field}
	if isParent {
		c.Parent, _ = place(nil, route{r.parents[1:], r.field})
	}
	return append(columns, c), true
}

func everyColumn(o *Object) []Column {
	columns := make([]Column, len(o.Fields))
	for i := range o.Fields {
		columns[i] = Column{Field: &o.Fields[i]}
	}
	return columns
}

// lookUp finds a record by its 15- or 18-character id.
func (t *tables) lookUp(id string) (found, bool) {
	return t.find(fixtures.ID18(id))
}

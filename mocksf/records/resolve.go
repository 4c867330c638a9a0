package records

import (
	"strings"

	"github.com/sfconform/sfconform/mocksf/records/soql"
)

// view is an object as one query names it.
type view struct {
	tables *tables
	query  *soql.Query
	object *Object
}

// newView finds the query's object.
func newView(t *tables, q *soql.Query) (*view, error) {
	name := strings.Join(q.From.Names, ".")
	o := t.object(name)
	if o == nil {
		return nil, &soql.Error{Kind: soql.UnknownType, Token: name, Query: q.Text, At: q.From.At}
	}
	return &view{t, q, o}, nil
}

// route leads from a row over its parents to a field.
type route struct {
	// parents are the reference fields on the way.
	parents []*Field
	field   *Field
}

// resolve finds the field that the path names. The object's name or alias may stand first.
func (v *view) resolve(p soql.Path) (route, error) {
	names := p.Names
	if len(names) > 1 && (strings.EqualFold(names[0], v.query.Alias) || strings.EqualFold(names[0], v.object.Name)) {
		names = names[1:]
	}
	var r route
	o := v.object
	for _, name := range names[:len(names)-1] {
		up := o.parent(name)
		if up == nil {
			return route{}, v.unknown(p, o, name)
		}
		r.parents = append(r.parents, up)
		o = v.tables.object(up.ReferenceTo)
	}
	last := names[len(names)-1]
	if r.field = o.Field(last); r.field == nil {
		return route{}, v.unknown(p, o, last)
	}
	return r, nil
}

func (v *view) unknown(p soql.Path, o *Object, name string) error {
	return &soql.Error{Kind: soql.UnknownField, Token: name, Object: o.Name, Query: v.query.Text, At: p.At}
}

func (v *view) malformed(token string, at int) error {
	return &soql.Error{Kind: soql.Malformed, Token: token, Query: v.query.Text, At: at}
}

// value is the field's value as seen from the row; nil if a parent is missing on the way.
func (v *view) value(r route, row Row) any {
	for _, up := range r.parents {
		if row = v.tables.parent(row, up); row == nil {
			return nil
		}
	}
	return row[r.field.Name]
}

// parent is the row that the reference points to; nil if there is none.
func (t *tables) parent(row Row, up *Field) Row {
	id, _ := row[up.Name].(string)
	hit, _ := t.find(id)
	return hit.row
}

// Package records holds the rows of the org's objects and answers queries about
// them: a few standard objects with seeded rows, users and profiles as the org's
// configuration has them, and whatever objects its file adds.
package records

import "strings"

// FieldType is the type of a field, in the words of a describe result.
type FieldType string

// The types of fields.
const (
	ID        FieldType = "id"
	Text      FieldType = "string"
	TextArea  FieldType = "textarea"
	Picklist  FieldType = "picklist"
	Email     FieldType = "email"
	Phone     FieldType = "phone"
	URL       FieldType = "url"
	Boolean   FieldType = "boolean"
	Int       FieldType = "int"
	Double    FieldType = "double"
	Currency  FieldType = "currency"
	Percent   FieldType = "percent"
	Date      FieldType = "date"
	DateTime  FieldType = "datetime"
	Reference FieldType = "reference"
)

// Field is one field of an object.
type Field struct {
	// Name is the API name.
	Name  string
	Label string
	Type  FieldType
	// Length is the most characters of a text; 0 for other types.
	Length int
	// Required fields cannot be empty.
	Required bool
	// ReadOnly fields are set by the org alone.
	ReadOnly bool
	// ExternalID fields are unique and name a record in an upsert.
	ExternalID bool
	// ReferenceTo is the object that a reference points to, Relationship the name
	// by which a query reaches it.
	ReferenceTo, Relationship string
}

// Custom says whether the field was added to the object by an admin.
func (f *Field) Custom() bool { return strings.HasSuffix(f.Name, "__c") }

// Object is one object of the org.
type Object struct {
	// Name is the API name.
	Name, Label, Plural string
	// KeyPrefix is how ids of its records begin.
	KeyPrefix string
	// ReadOnly objects take no records through the API.
	ReadOnly bool
	Fields   []Field
	byName   map[string]*Field
}

// Custom says whether the object was added to the org by an admin.
func (o *Object) Custom() bool { return strings.HasSuffix(o.Name, "__c") }

// Field is the field with the name, which is not case-sensitive; nil if there is none.
func (o *Object) Field(name string) *Field { return o.byName[strings.ToLower(name)] }

// parent is the reference field behind the relationship name; nil if there is none.
func (o *Object) parent(relationship string) *Field {
	for i := range o.Fields {
		if f := &o.Fields[i]; f.Relationship != "" && strings.EqualFold(f.Relationship, relationship) {
			return f
		}
	}
	return nil
}

// index makes the lookups of an object whose fields are complete.
func (o Object) index() *Object {
	o.byName = make(map[string]*Field, len(o.Fields))
	for i := range o.Fields {
		o.byName[strings.ToLower(o.Fields[i].Name)] = &o.Fields[i]
	}
	return &o
}

// Row is one record by API names of fields. A value is nil, a string, a bool, an
// int64, a float64 or, for dates, a time.Time in UTC. Rows are never changed.
type Row map[string]any

// ID is the record's 18-character id.
func (r Row) ID() string {
	id, _ := r["Id"].(string)
	return id
}

func (r Row) deleted() bool { return r["IsDeleted"] == true }

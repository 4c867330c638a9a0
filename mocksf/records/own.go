package records

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// addOwn adds the rows that the org's file lists for an object, and the object and
// the fields that only the file knows.
func (t *tables) addOwn(name string, list []fixtures.Record, owner any) {
	o := t.object(name)
	if o == nil {
		o = (&Object{Name: name, Label: label(name), Plural: label(name) + "s", KeyPrefix: t.freePrefix()}).extended(list)
		o.Fields = withSystemFields(o.Fields...)
	} else {
		o = o.extended(list)
	}
	o = o.index()
	t.objects[strings.ToLower(name)] = o
	seeded := len(t.rows[o.Name])
	for i, record := range list {
		t.add(o.Name, owner, ownRow(o, record), seeded+i)
	}
}

// freePrefix is the next key prefix of custom objects: a00, a01, ...
func (t *tables) freePrefix() string {
	custom := 0
	for _, o := range t.objects {
		if strings.HasPrefix(o.KeyPrefix, "a") {
			custom++
		}
	}
	return "a" + string([]byte{base62[custom/len(base62)%len(base62)], base62[custom%len(base62)]})
}

// extended is the object with the fields of the records that it lacks.
func (o *Object) extended(list []fixtures.Record) *Object {
	next := *o
	next.Fields = slices.Clone(o.Fields)
	known := map[string]bool{"id": true, "isdeleted": true}
	for _, f := range withSystemFields(o.Fields...) {
		known[strings.ToLower(f.Name)] = true
	}
	for _, record := range list {
		for _, name := range slices.Sorted(maps.Keys(record)) {
			if !known[strings.ToLower(name)] {
				known[strings.ToLower(name)] = true
				next.Fields = append(next.Fields, Field{Name: name, Label: label(name), Type: typeOf(record[name]), Length: 255})
			}
		}
	}
	return &next
}

func typeOf(v any) FieldType {
	switch v.(type) {
	case bool:
		return Boolean
	case int, int64, uint64:
		return Int
	case float64:
		return Double
	case time.Time:
		return DateTime
	}
	return Text
}

// ownRow is a record of the org's file as a row. Values that do not suit their
// field stay as they are written: they are shown and match no condition.
func ownRow(o *Object, record fixtures.Record) Row {
	r := Row{}
	for name, v := range record {
		f := o.Field(name)
		r[f.Name] = v
		if suited, ok := f.accept(v); ok {
			r[f.Name] = suited
		}
	}
	return r
}

// label is the API name as words: "Invoice_Line__c" is "Invoice Line".
func label(name string) string {
	return strings.ReplaceAll(strings.TrimSuffix(name, "__c"), "_", " ")
}

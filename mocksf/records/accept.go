package records

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var idForm = regexp.MustCompile(`^[A-Za-z0-9]+$`)

// accepted is the row with the values in it. The first value that cannot stand decides:
// names before types, types before contents.
func (t *tables) accepted(o *Object, before Row, values Values) (Row, error) {
	names := slices.Sorted(maps.Keys(values))
	for _, check := range []func(*Object, []string, Values) error{checkNames, checkTypes, checkReadOnly, t.checkContents} {
		if err := check(o, names, values); err != nil {
			return nil, err
		}
	}
	row := maps.Clone(before)
	for _, name := range names {
		f := o.Field(name)
		row[f.Name], _ = f.accept(values[name])
		if row[f.Name] == "" {
			row[f.Name] = nil
		}
	}
	return row.completed(o), t.checkRow(o, row)
}

func checkNames(o *Object, names []string, _ Values) error {
	for _, name := range names {
		if o.Field(name) == nil {
			return &Error{Reason: UnknownField, Object: o.Name, Fields: []string{name}}
		}
	}
	return nil
}

func checkTypes(o *Object, names []string, values Values) error {
	for _, name := range names {
		f, v := o.Field(name), values[name]
		if _, ok := f.accept(v); !ok && (f.Type != Reference || !isText(v)) {
			return &Error{Reason: WrongType, Object: o.Name, Fields: []string{name}, Label: string(f.Type)}
		}
	}
	return nil
}

func isText(v any) bool {
	_, ok := v.(string)
	return ok
}

func checkReadOnly(o *Object, names []string, _ Values) error {
	var fields []string
	for _, name := range names {
		if f := o.Field(name); f.ReadOnly {
			fields = append(fields, f.Name)
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return &Error{Reason: ReadOnlyField, Object: o.Name, Fields: fields}
}

// checkContents looks at what texts and references hold.
func (t *tables) checkContents(o *Object, names []string, values Values) error {
	for _, name := range names {
		f := o.Field(name)
		text, ok := values[name].(string)
		if !ok || text == "" {
			continue
		}
		e := Error{Object: o.Name, Fields: []string{f.Name}, Label: f.Label, Max: f.Length, Value: text}
		switch {
		case f.Type == Reference:
			e.Reason = t.referenceFault(f, text)
		case f.Length > 0 && utf8.RuneCountInString(text) > f.Length:
			e.Reason = TooLong
		}
		if e.Reason != "" {
			return &e
		}
	}
	return nil
}

// referenceFault is what is wrong with a reference; empty if nothing is.
func (t *tables) referenceFault(f *Field, id string) Reason {
	looks, fits := WellFormedID(id)
	to := t.object(f.ReferenceTo)
	if !looks || !fits || to == nil || !strings.HasPrefix(id, to.KeyPrefix) {
		return IllFittingReference
	}
	if hit, ok := t.lookUp(id); !ok || hit.row.deleted() {
		return UnknownReference
	}
	return ""
}

// completed is the row with what the org makes of its fields: empty boxes, full names.
func (r Row) completed(o *Object) Row {
	for i := range o.Fields {
		if f := &o.Fields[i]; f.Type == Boolean && r[f.Name] == nil {
			r[f.Name] = false
		}
	}
	switch o.Name {
	case "Contact":
		r["Name"] = strings.TrimSpace(fmt.Sprint(orEmpty(r["FirstName"]), " ", orEmpty(r["LastName"])))
	case "Opportunity":
		stage, _ := r["StageName"].(string)
		r["IsClosed"], r["IsWon"] = strings.HasPrefix(stage, "Closed"), stage == "Closed Won"
	}
	return r
}

func orEmpty(v any) any {
	if v == nil {
		return ""
	}
	return v
}

// checkRow looks for fields that cannot be empty and values that must be unique.
func (t *tables) checkRow(o *Object, row Row) error {
	var missing []string
	for i := range o.Fields {
		if f := &o.Fields[i]; f.Required && !f.ReadOnly && row[f.Name] == nil {
			missing = append(missing, f.Name)
		}
	}
	if len(missing) > 0 {
		return &Error{Reason: MissingField, Object: o.Name, Fields: missing}
	}
	for i := range o.Fields {
		f := &o.Fields[i]
		value, ok := row[f.Name].(string)
		if !f.ExternalID || !ok {
			continue
		}
		if other := t.byExternalID(o, f, value); other != nil && other.ID() != row.ID() {
			return &Error{Reason: DuplicateValue, Object: o.Name, Fields: []string{f.Name}, ID: other.ID()[:15]}
		}
	}
	return nil
}

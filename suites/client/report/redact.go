package report

import (
	"reflect"

	"github.com/sfconform/sfconform/suites/client/canary"
)

// Redact replaces every secret of the set in every text of the report. What a
// scenario says is redacted before it gets here; this is the second lock on the door.
func (r *Report) Redact(set *canary.Set) { redact(reflect.ValueOf(r).Elem(), set) }

// redact walks all texts, so that a field added later is redacted too.
func redact(v reflect.Value, set *canary.Set) {
	switch v.Kind() {
	case reflect.String:
		if text := v.String(); text != "" {
			v.SetString(set.RedactString(text))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			redact(v.Elem(), set)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			redact(v.Index(i), set)
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			if field.CanSet() { // the inside of a time holds no text
				redact(field, set)
			}
		}
	case reflect.Map:
		redactMap(v, set)
	default: // numbers and booleans
	}
}

func redactMap(m reflect.Value, set *canary.Set) {
	if m.IsNil() {
		return
	}
	redacted := reflect.MakeMapWithSize(m.Type(), m.Len())
	for key, value := range m.Seq2() {
		k, v := reflect.New(key.Type()).Elem(), reflect.New(value.Type()).Elem()
		k.Set(key)
		v.Set(value)
		redact(k, set)
		redact(v, set)
		redacted.SetMapIndex(k, v)
	}
	m.Set(redacted)
}

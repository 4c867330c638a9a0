package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// readObject reads the values of a JSON object into the targets of the same keys. The
// error is a *FileError.
func readObject(data []byte, targets map[string]any) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil || all == nil {
		return jsonError(data, data, "", err)
	}
	var object map[string]any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&object); err != nil {
		return jsonError(data, data, "", err)
	}
	if err := checkKeys(object); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(targets)) {
		if part := all[key]; part != nil {
			if err := json.Unmarshal(part, targets[key]); err != nil {
				return jsonError(data, part, key, err)
			}
		}
	}
	return nil
}

// text is a JSON string, or a number or boolean as it is written: of a version that
// is given as 60.0 Salesforce's schema only warns.
type text string

// UnmarshalJSON takes what has one value.
func (t *text) UnmarshalJSON(data []byte) error {
	var s string
	switch {
	case data[0] == '{' || data[0] == '[':
		return json.Unmarshal(data, &s)
	case data[0] != '"':
		s = strings.TrimPrefix(string(data), "null")
	default:
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
	}
	*t = text(s)
	return nil
}

// truth is a JSON value as JavaScript takes it for a condition.
type truth bool

// UnmarshalJSON knows the four values that are false.
func (t *truth) UnmarshalJSON(data []byte) error {
	*t = truth(!slices.Contains([]string{"false", "null", "0", `""`}, string(data)))
	return nil
}

// freeKeys are objects whose keys are the user's own.
var freeKeys = []string{"packageAliases", "plugins", "packageBundleAliases"}

// checkKeys refuses keys that begin with a capital, as Salesforce's CLI does
// (npm @salesforce/core, ensureNoUppercaseKeys); it does not look into lists.
func checkKeys(object map[string]any) error {
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if slices.Contains(freeKeys, key) {
			continue
		}
		if key != "" && key[0] >= 'A' && key[0] <= 'Z' {
			return &FileError{Path: ConfigFile, Message: fmt.Sprintf("the key %q begins with a capital, which Salesforce's CLI refuses: write %q",
				key, strings.ToLower(key[:1])+key[1:])}
		}
		if inner, ok := object[key].(map[string]any); ok {
			if err := checkKeys(inner); err != nil {
				return err
			}
		}
	}
	return nil
}

// jsonError is the error of a part of sfdx-project.json, with its place in the file.
// No error means that the file holds null.
func jsonError(file, part []byte, key string, err error) error {
	e := &FileError{Path: ConfigFile, Message: "the file holds no JSON object"}
	offset := int64(-1)
	if s, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset, e.Message = s.Offset, s.Error()
	}
	if s, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && key != "" {
		name := strings.TrimSuffix(key+"."+s.Field, ".")
		offset, e.Message = s.Offset, fmt.Sprintf("%s is %s: want %s", name, article(s.Value), jsonName(s.Type))
	}
	if offset > 0 {
		start := max(bytes.Index(file, part), 0)
		before := string(file[:min(start+int(offset)-1, len(file))])
		e.Line = strings.Count(before, "\n") + 1
		e.Col = len(before) - strings.LastIndexByte(before, '\n')
	}
	return e
}

// article puts "a" or "an" before the name of a JSON type.
func article(name string) string {
	if strings.ContainsAny(name[:1], "aeiou") {
		return "an " + name
	}
	return "a " + name
}

// jsonName is the JSON type that a Go type is read from.
func jsonName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		return "an object"
	case reflect.Slice:
		return "a list"
	case reflect.Bool:
		return "true or false"
	default:
		return "a string"
	}
}

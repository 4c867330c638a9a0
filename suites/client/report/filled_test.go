package report_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// filled is a report in which every field has a value: every text is the one given,
// but for the words of which there are only some.
func filled(text string) *report.Report {
	r := &report.Report{}
	fill(reflect.ValueOf(r).Elem(), text)
	r.Format = report.Format
	return r
}

// words are the values of types that are lists of words.
var words = map[reflect.Type]string{
	reflect.TypeFor[verdict.Verdict]():   string(verdict.Fail),
	reflect.TypeFor[report.Standing]():   string(report.NotReady),
	reflect.TypeFor[fixtures.Severity](): string(fixtures.SeverityMust),
}

func fill(v reflect.Value, text string) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(began))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			fill(field, text)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), text)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, text)
		fill(value, text)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.String:
		if word, is := words[v.Type()]; is {
			text = word
		}
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(time.Second))
	case reflect.Uint64:
		v.SetUint(7)
	default:
		panic("a field of kind " + v.Kind().String())
	}
}

// A field that fill cannot fill would be left out of every test that uses it.
func TestFilledLeavesNothingEmpty(t *testing.T) {
	t.Parallel()
	var look func(at string, v reflect.Value)
	look = func(at string, v reflect.Value) {
		if v.IsZero() {
			t.Errorf("%s is empty", at)
		}
		if v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]() {
			for field, value := range v.Fields() {
				look(at+"."+field.Name, value)
			}
		}
	}
	look("Report", reflect.ValueOf(*filled("text")))
}

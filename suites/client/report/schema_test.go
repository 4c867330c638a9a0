package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// node is the part of JSON Schema that the report's schema uses.
type node struct {
	Schema     string           `json:"$schema"`
	ID         string           `json:"$id"`
	Title      string           `json:"title"`
	About      string           `json:"description"`
	Ref        string           `json:"$ref"`
	Defs       map[string]*node `json:"$defs"`
	Type       string           `json:"type"`
	Format     string           `json:"format"`
	Const      any              `json:"const"`
	Enum       []string         `json:"enum"`
	Examples   []string         `json:"examples"`
	Minimum    *float64         `json:"minimum"`
	MaxItems   int              `json:"maxItems"`
	Required   []string         `json:"required"`
	Properties map[string]*node `json:"properties"`
	Names      *node            `json:"propertyNames"`
	Additional *node            `json:"additionalProperties"`
	Items      *node            `json:"items"`
}

func schema(t *testing.T) *node {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(report.Schema()))
	d.DisallowUnknownFields()
	var root node
	if err := d.Decode(&root); err != nil {
		t.Fatalf("the schema says more than this test checks: %v", err)
	}
	return &root
}

// checker compares a value with the schema, and remembers which properties it met.
type checker struct {
	root *node
	met  map[*node]bool
	errs []string
}

func (c *checker) check(at string, s *node, v any) {
	if s.Ref != "" {
		s = c.root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")]
	}
	fail := func(format string, args ...any) { c.errs = append(c.errs, at+": "+fmt.Sprintf(format, args...)) }
	if s == nil {
		fail("a reference to nowhere")
		return
	}
	if s.Const != nil && !reflect.DeepEqual(s.Const, v) {
		fail("%v is not %v", v, s.Const)
	}
	switch value := v.(type) {
	case map[string]any:
		c.object(at, s, value)
	case []any:
		if s.Type != "array" || s.MaxItems > 0 && len(value) > s.MaxItems {
			fail("a list of %d where the schema has %q", len(value), s.Type)
			return
		}
		for i, item := range value {
			c.check(fmt.Sprintf("%s[%d]", at, i), s.Items, item)
		}
	case string:
		if s.Type != "string" || s.Enum != nil && !slices.Contains(s.Enum, value) {
			fail("%q is no %q of %v", value, s.Type, s.Enum)
		}
		if _, err := time.Parse(time.RFC3339, value); s.Format == "date-time" && err != nil {
			fail("%v", err)
		}
	case float64:
		whole := value == float64(int64(value))
		if s.Const == nil && s.Type != "number" && (s.Type != "integer" || !whole) || s.Minimum != nil && value < *s.Minimum {
			fail("%v is no %q", value, s.Type)
		}
	case bool:
		if s.Type != "boolean" {
			fail("a boolean where the schema has %q", s.Type)
		}
	default:
		fail("%v is no value", v)
	}
}

func (c *checker) object(at string, s *node, object map[string]any) {
	for _, name := range s.Required {
		if _, there := object[name]; !there {
			c.errs = append(c.errs, at+" lacks "+name)
		}
	}
	for name, v := range object {
		p := s.Properties[name]
		if p == nil && s.Names != nil {
			c.check(at+" name", s.Names, name)
			p = s.Additional
		}
		if p == nil {
			c.errs = append(c.errs, at+"."+name+" is not in the schema")
			continue
		}
		c.met[p] = true
		c.check(at+"."+name, p, v)
	}
}

func against(t *testing.T, text []byte) *checker {
	t.Helper()
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	c := &checker{root: schema(t), met: map[*node]bool{}}
	c.check("report", c.root, v)
	return c
}

func TestReportsKeepTheSchema(t *testing.T) {
	t.Parallel()
	emptyDifference := ready()
	emptyDifference.Since = &report.Difference{Before: report.Before{Standing: report.Ready}}
	emptyDifference.Scenarios = []report.Scenario{{}}
	for name, r := range map[string]*report.Report{
		"full": sample(), "interrupted": interrupted(), "ready": ready(), "empty lists": emptyDifference, "filled": filled("text"),
	} {
		for _, e := range against(t, written(t, report.WriteJSON, r, report.Options{})).errs {
			t.Errorf("%s: %s", name, e)
		}
	}
}

func TestTheSchemaSaysNothingThatNoReportHas(t *testing.T) {
	t.Parallel()
	c := against(t, written(t, report.WriteJSON, filled("text"), report.Options{}))
	var walk func(at string, s *node)
	walk = func(at string, s *node) {
		for name, p := range s.Properties {
			if !c.met[p] {
				t.Errorf("%s.%s is in the schema and in no report", at, name)
			}
			if p.About == "" && p.Ref == "" {
				t.Errorf("%s.%s has no description", at, name)
			}
			walk(at+"."+name, p)
		}
	}
	walk("report", c.root)
	for name, def := range c.root.Defs {
		walk(name, def)
	}
}

func TestTheSchemaKnowsEveryVerdict(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff(verdict.Verdict("").Values(), schema(t).Defs["verdict"].Enum); diff != "" {
		t.Error(diff)
	}
}

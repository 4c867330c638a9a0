package junit_test

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sfconform/sfconform/suites/report/junit"
)

func TestSuitesAreCountedAndEscaped(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	err := junit.Write(&out, junit.Suite{
		Name: "A & B", Seconds: 1.5, Began: time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC),
		Properties: []junit.Property{{Name: "seed", Value: "42"}},
		Cases: []junit.Case{
			{Name: "right", Class: "a", Seconds: 0.25},
			{Name: "wrong", Class: "a", Failure: &junit.Note{Message: `expected "a" < b`, Text: "two\nlines \x1b[31m\x00]]>"}, Output: "more"},
			{Name: "broken", Class: "a", Error: &junit.Note{Message: "no port"}},
			{Name: "left", Class: "a", Skipped: &junit.Note{Message: "no need"}},
		},
	}, junit.Suite{Name: "empty"})
	if err != nil {
		t.Fatal(err)
	}
	want := xml.Header + `<testsuites>
  <testsuite name="A &amp; B" tests="4" failures="1" errors="1" skipped="1" time="1.500" timestamp="2026-11-20T09:30:00Z">
    <properties>
      <property name="seed" value="42"></property>
    </properties>
    <testcase name="right" classname="a" time="0.250"></testcase>
    <testcase name="wrong" classname="a" time="0.000">
      <failure message="expected &#34;a&#34; &lt; b">two&#xA;lines [31m]]&gt;</failure>
      <system-out>more</system-out>
    </testcase>
    <testcase name="broken" classname="a" time="0.000">
      <error message="no port"></error>
    </testcase>
    <testcase name="left" classname="a" time="0.000">
      <skipped message="no need"></skipped>
    </testcase>
  </testsuite>
  <testsuite name="empty" tests="0" failures="0" errors="0" skipped="0" time="0.000"></testsuite>
</testsuites>
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
	var document struct{}
	if err := xml.Unmarshal([]byte(out.String()), &document); err != nil {
		t.Errorf("no XML: %v", err)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestAWriterThatFailsIsAnError(t *testing.T) {
	t.Parallel()
	if err := junit.Write(full{}); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("error %v", err)
	}
}

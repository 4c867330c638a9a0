package endpoint

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
)

type junitSuite struct {
	XMLName    xml.Name        `xml:"testsuite"`
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Timestamp  string          `xml:"timestamp,attr,omitempty"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name      string     `xml:"name,attr"`
	ClassName string     `xml:"classname,attr"`
	Time      string     `xml:"time,attr"`
	Failure   *junitNote `xml:"failure"`
	Error     *junitNote `xml:"error"`
	Skipped   *junitNote `xml:"skipped"`
}

type junitNote struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes the report as JUnit XML, one test case for each case and door.
func (r Report) WriteJUnit(w io.Writer) error {
	s := junitSuite{
		Name: "sfconform endpoint", Tests: r.Counts.Total, Failures: r.Counts.Fail, Errors: r.Counts.Error,
		Skipped: r.Counts.Skip, Time: seconds(r.Seconds),
		Properties: []junitProperty{
			{"target", r.Target.Name},
			{"version", r.Target.Version},
			{"behaviour", r.Target.Behaviour},
			{"seed", fmt.Sprint(r.Seed)},
		},
	}
	if !r.Started.IsZero() {
		s.Timestamp = r.Started.UTC().Format(time.RFC3339)
	}
	for _, result := range r.Results {
		s.Cases = append(s.Cases, result.junit())
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("endpoint: JUnit report: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(struct {
		XMLName xml.Name `xml:"testsuites"`
		Suite   junitSuite
	}{Suite: s}); err != nil {
		return fmt.Errorf("endpoint: JUnit report: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (r Result) junit() junitCase {
	c := junitCase{Name: fmt.Sprintf("%s [%s]", r.Case, r.Door), ClassName: "endpoint." + string(r.Flow), Time: seconds(r.Seconds)}
	note := &junitNote{Message: clean(r.Reason), Text: clean(r.Message)}
	switch r.Verdict {
	case Pass:
	case Skip:
		c.Skipped = &junitNote{Message: clean(r.Reason)}
	case Fail:
		note.Message = clean(fmt.Sprintf("expected %s, seen %s", r.Expected, r.Seen))
		c.Failure = note
	case Error:
		c.Error = note
	}
	return c
}

func seconds(s float64) string { return fmt.Sprintf("%.3f", s) }

// clean leaves out what XML cannot hold.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
}

// Package junit writes results as JUnit XML, the form that CI systems read.
package junit

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"

	"github.com/sfconform/sfconform/suites/report"
)

// Suite is a group of test cases.
type Suite struct {
	Name string
	// Seconds is how long the suite took; Began is left out if it is zero.
	Seconds    float64
	Began      time.Time
	Properties []Property
	Cases      []Case
}

// Property is a fact about a suite.
type Property struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

// Case is a test case: passed unless one of the notes says otherwise.
type Case struct {
	Name, Class string
	Seconds     float64
	// Failure, Error and Skipped say that and why it did not pass.
	Failure, Error, Skipped *Note
	// Output is what is to be read beside the verdict.
	Output string
}

// Note is a reason: a message of a line, and a text.
type Note struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// Write writes the suites as one document.
func Write(w io.Writer, suites ...Suite) error {
	document := struct {
		XMLName xml.Name       `xml:"testsuites"`
		Suites  []suiteElement `xml:"testsuite"`
	}{}
	for _, s := range suites {
		document.Suites = append(document.Suites, s.element())
	}
	text, err := xml.MarshalIndent(document, "", "  ")
	if err != nil {
		return fmt.Errorf("JUnit report: %w", err)
	}
	if _, err := fmt.Fprintf(w, "%s%s\n", xml.Header, text); err != nil {
		return fmt.Errorf("JUnit report: %w", err)
	}
	return nil
}

// suiteElement is a suite as XML.
type suiteElement struct {
	Name       string        `xml:"name,attr"`
	Tests      int           `xml:"tests,attr"`
	Failures   int           `xml:"failures,attr"`
	Errors     int           `xml:"errors,attr"`
	Skipped    int           `xml:"skipped,attr"`
	Time       string        `xml:"time,attr"`
	Timestamp  string        `xml:"timestamp,attr,omitempty"`
	Properties *properties   `xml:"properties"`
	Cases      []caseElement `xml:"testcase"`
}

// properties is nil where there are none: an empty element would break the schema
// that some readers hold reports to.
type properties struct {
	List []Property `xml:"property"`
}

type caseElement struct {
	Name    string `xml:"name,attr"`
	Class   string `xml:"classname,attr"`
	Time    string `xml:"time,attr"`
	Failure *Note  `xml:"failure"`
	Error   *Note  `xml:"error"`
	Skipped *Note  `xml:"skipped"`
	Output  string `xml:"system-out,omitempty"`
}

func (s Suite) element() suiteElement {
	e := suiteElement{Name: report.Printable(s.Name), Tests: len(s.Cases), Time: seconds(s.Seconds)}
	if !s.Began.IsZero() {
		e.Timestamp = s.Began.UTC().Format(time.RFC3339)
	}
	if len(s.Properties) > 0 {
		e.Properties = &properties{}
	}
	for _, p := range s.Properties {
		e.Properties.List = append(e.Properties.List, Property{report.Printable(p.Name), report.Printable(p.Value)})
	}
	for _, c := range s.Cases {
		e.Failures += one(c.Failure)
		e.Errors += one(c.Error)
		e.Skipped += one(c.Skipped)
		e.Cases = append(e.Cases, c.element())
	}
	return e
}

func (c Case) element() caseElement {
	return caseElement{
		Name: report.Printable(c.Name), Class: report.Printable(c.Class), Time: seconds(c.Seconds),
		Failure: c.Failure.printable(), Error: c.Error.printable(), Skipped: c.Skipped.printable(),
		Output: report.Printable(c.Output),
	}
}

func (n *Note) printable() *Note {
	if n == nil {
		return nil
	}
	return &Note{report.Printable(n.Message), report.Printable(n.Text)}
}

func one(n *Note) int {
	if n == nil {
		return 0
	}
	return 1
}

func seconds(s float64) string { return fmt.Sprintf("%.3f", s) }

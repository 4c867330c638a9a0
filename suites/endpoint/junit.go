package endpoint

import (
	"fmt"
	"io"

	"github.com/sfconform/sfconform/suites/report/junit"
)

// WriteJUnit writes the report as JUnit XML, one test case for each case and door.
func (r Report) WriteJUnit(w io.Writer) error {
	s := junit.Suite{
		Name: "sfconform endpoint", Seconds: r.Seconds, Began: r.Started,
		Properties: []junit.Property{
			{Name: "target", Value: r.Target.Name},
			{Name: "version", Value: r.Target.Version},
			{Name: "behaviour", Value: r.Target.Behaviour},
			{Name: "seed", Value: fmt.Sprint(r.Seed)},
		},
	}
	for _, result := range r.Results {
		s.Cases = append(s.Cases, result.junit())
	}
	if err := junit.Write(w, s); err != nil {
		return fmt.Errorf("endpoint: %w", err)
	}
	return nil
}

func (r Result) junit() junit.Case {
	c := junit.Case{Name: fmt.Sprintf("%s [%s]", r.Case, r.Door), Class: "endpoint." + string(r.Flow), Seconds: r.Seconds}
	note := &junit.Note{Message: r.Reason, Text: r.Message}
	switch r.Verdict {
	case Pass:
	case Skip:
		c.Skipped = &junit.Note{Message: r.Reason}
	case Fail:
		note.Message = fmt.Sprintf("expected %s, seen %s", r.Expected, r.Seen)
		c.Failure = note
	case Error:
		c.Error = note
	}
	return c
}

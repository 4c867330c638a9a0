package drive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// maxAnswer is how long a line of a driver program may be, in bytes.
const maxAnswer = 1 << 20

// request is a piece of work for a driver program.
type request struct {
	ID        int               `json:"id"`
	Scenario  string            `json:"scenario"`
	Operation string            `json:"operation"`
	Env       map[string]string `json:"env"`
	Context   map[string]any    `json:"context"`
}

// cancellation asks to give a request up.
type cancellation struct {
	ID int `json:"cancel"`
}

// answer is what a driver program says of a request. All further members are what it
// says of itself, as on a CHECK line.
type answer struct {
	id          int
	ok          bool
	err         string
	unsupported bool
	checks      map[string]any
}

// The lines that are no answers: text that the program writes for people, and what was
// meant for an answer by its looks.
var (
	errNoAnswerLine = errors.New("no answer")
	errBadAnswer    = errors.New("a line of JSON is no answer")
)

// parseAnswer takes a line that is a JSON object with an id and ok; everything else
// is text that the program writes for people.
func parseAnswer(line []byte) (answer, error) {
	if len(line) >= maxAnswer {
		return answer{}, fmt.Errorf("%w: it is longer than %d bytes", errBadAnswer, maxAnswer)
	}
	line = bytes.TrimSpace(line)
	if len(line) == 0 || line[0] != '{' {
		return answer{}, errNoAnswerLine
	}
	var known struct {
		ID          *int   `json:"id"`
		OK          *bool  `json:"ok"`
		Error       string `json:"error"`
		Unsupported bool   `json:"unsupported"`
	}
	// What a parser says of the line is no word of the client's, as which it would be judged.
	if err := json.Unmarshal(line, &known); err != nil || known.ID == nil || known.OK == nil {
		return answer{}, fmt.Errorf(`%w: it needs "id", the number of the request, and "ok", true or false`, errBadAnswer)
	}
	a := answer{id: *known.ID, ok: *known.OK, err: known.Error, unsupported: known.Unsupported}
	if err := json.Unmarshal(line, &a.checks); err != nil {
		return answer{}, errBadAnswer
	}
	for _, name := range []string{"id", "ok", "error", "unsupported", BrokenChecks} {
		delete(a.checks, name)
	}
	return a, nil
}

// note makes the answer the exit that a command would have.
func (a answer) note(run *evidence.Run) {
	run.Err = a.err
	if len(a.checks) > 0 {
		run.Checks = a.checks
	}
	switch {
	case a.ok:
	case a.unsupported:
		run.Exit.Code, run.Exit.Unsupported = unsupported, true
	default:
		run.Exit.Code = 1
	}
}

// lineSplitter hands on whole lines; longer ones than the maximum are cut off.
type lineSplitter struct {
	begun []byte
	line  func([]byte)
}

func (l *lineSplitter) write(p []byte) {
	for {
		before, after, found := bytes.Cut(p, []byte("\n"))
		l.begun = append(l.begun, before[:min(len(before), maxAnswer-len(l.begun))]...)
		if !found {
			return
		}
		l.line(l.begun)
		l.begun, p = l.begun[:0], after
	}
}

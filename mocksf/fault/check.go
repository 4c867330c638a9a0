package fault

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/document"
	"github.com/sfconform/sfconform/fixtures/spell"
)

// maxDelay is how long a fault may hold an answer back: longer than any client waits.
const maxDelay = fixtures.Duration(10 * time.Minute)

var (
	nameForm   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	headerForm = regexp.MustCompile(`^[ -~]{1,100}$`)
)

// Parse reads a fault from YAML or JSON and checks it. The error names the field,
// its line and the nearest known name.
func Parse(data []byte) (Fault, error) {
	var f Fault
	if err := document.Decode(data, &f); err != nil {
		return Fault{}, fmt.Errorf("fault: %w", err)
	}
	return f, f.Check()
}

// Check says what is wrong with a fault: an unknown kind or refusal, a field that
// the kind lacks or does not take, or no word on when it fires.
func (f Fault) Check() error {
	for _, check := range []func(Fault) error{checkName, checkKind, checkWhen, checkMatch, checkAnswer} {
		if err := check(f); err != nil {
			return fmt.Errorf("fault: %w", err)
		}
	}
	return nil
}

func checkName(f Fault) error {
	if len(f.Name) > 60 || !nameForm.MatchString(f.Name) {
		return fmt.Errorf("name: %.70q is no name: write up to 60 small letters and digits with - between them", f.Name)
	}
	return nil
}

func checkKind(f Fault) error {
	for _, k := range kinds {
		if k.kind == f.Kind {
			return checkFields(f, k.needs, k.takes)
		}
	}
	if near := spell.Nearest(string(f.Kind), f.Kind.Values()); near != "" {
		return fmt.Errorf("kind: unknown value %q: did you mean %q?", f.Kind, near)
	}
	return fmt.Errorf("kind: unknown value %q: known are %s", f.Kind, strings.Join(f.Kind.Values(), ", "))
}

// checkFields compares the fields that are set with those of the kind. Each kind takes a delay.
func checkFields(f Fault, needs, takes []string) error {
	given := map[string]bool{
		"refusal": f.Refusal != "", "status": f.Status != 0, "retryAfter": f.RetryAfter != "",
		"contentType": f.ContentType != "", "delay": f.Delay != 0,
	}
	for _, name := range needs {
		if !given[name] {
			return fmt.Errorf("%s: a fault of kind %q needs it", name, f.Kind)
		}
	}
	for _, name := range []string{"refusal", "status", "retryAfter", "contentType"} {
		if given[name] && !slices.Contains(needs, name) && !slices.Contains(takes, name) {
			return fmt.Errorf("%s: a fault of kind %q does not take it, leave it out", name, f.Kind)
		}
	}
	return nil
}

func checkWhen(f Fault) error {
	switch {
	case f.First < 0:
		return fmt.Errorf("first: %q is no number of requests: give 1 or more", strconv.Itoa(f.First))
	case f.Every < 0:
		return fmt.Errorf("every: %q is no number of requests: give 1 or more", strconv.Itoa(f.Every))
	case f.First > 0 && f.Every > 0:
		return errors.New("first and every exclude each other: arm two faults")
	case f.First == 0 && f.Every == 0 && f.Until.IsZero():
		return errors.New("it is not said when it fires: set first, every or until")
	case f.Delay < 0 || f.Delay > maxDelay:
		return fmt.Errorf("delay: %q is out of range: give up to %v", f.Delay, maxDelay)
	}
	return nil
}

func checkMatch(f Fault) error {
	if f.Match.Path != "" && !strings.HasPrefix(f.Match.Path, "/") {
		return fmt.Errorf("match/path: %q is no beginning of a path: start it with /", f.Match.Path)
	}
	return nil
}

func checkAnswer(f Fault) error {
	if f.Status != 0 && (f.Status < 200 || f.Status > 599) {
		return fmt.Errorf("status: %q is no status of an answer: give 200 to 599", strconv.Itoa(f.Status))
	}
	for _, header := range [][2]string{{"retryAfter", f.RetryAfter}, {"contentType", f.ContentType}} {
		if header[1] != "" && !headerForm.MatchString(header[1]) {
			return fmt.Errorf("%s: %.120q is no value of a header: write up to 100 printable ASCII characters", header[0], header[1])
		}
	}
	return checkRefusal(f)
}

func checkRefusal(f Fault) error {
	if f.Refusal == "" {
		return nil
	}
	r, err := fixtures.RefusalByID(f.Refusal)
	if err != nil {
		return fmt.Errorf("refusal: %w", err)
	}
	if r.Answer.Elided() != r.Answer.Description {
		return fmt.Errorf("refusal: the text of %q depends on the request: choose one that does not", f.Refusal)
	}
	if r.Answer.Status == 0 {
		return fmt.Errorf("refusal: %q is no HTTP answer: use a fault of kind %q", f.Refusal, Reset)
	}
	return nil
}

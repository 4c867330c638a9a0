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

// The bounds of a fault.
const (
	// maxDelay is how long a fault may hold an answer back: longer than any client waits.
	maxDelay    = fixtures.Duration(10 * time.Minute)
	maxInterval = fixtures.Duration(time.Minute)
	minInterval = fixtures.Duration(time.Millisecond)
	// maxSize bounds what one answer costs in time; it costs no memory here.
	maxSize = 1 << 30
	maxBody = 1 << 20
)

var nameForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

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
	for _, check := range []func(Fault) error{
		checkName, checkKind, checkWhen, checkMatch, checkChoices, checkRanges, checkHeaders, checkRefusal,
	} {
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

// fields are those that not every kind takes, and delay, which some need.
var fields = []struct {
	name  string
	given func(Fault) bool
}{
	{"refusal", func(f Fault) bool { return f.Refusal != "" }},
	{"status", func(f Fault) bool { return f.Status != 0 }},
	{"shape", func(f Fault) bool { return f.Shape != "" }},
	{"body", func(f Fault) bool { return f.Body != "" }},
	{"retryAfter", func(f Fault) bool { return f.RetryAfter != "" }},
	{"contentType", func(f Fault) bool { return f.ContentType != "" }},
	{"location", func(f Fault) bool { return f.Location != "" }},
	{"where", func(f Fault) bool { return f.Where != "" }},
	{"interval", func(f Fault) bool { return f.Interval != 0 }},
	{"size", func(f Fault) bool { return f.Size != 0 }},
	{"encoding", func(f Fault) bool { return f.Encoding != "" }},
	{"delay", func(f Fault) bool { return f.Delay != 0 }},
}

// checkFields compares the fields that are set with those of the kind. Each kind takes a delay.
func checkFields(f Fault, needs, takes []string) error {
	for _, field := range fields {
		given, needed := field.given(f), slices.Contains(needs, field.name)
		if needed && !given {
			return fmt.Errorf("%s: a fault of kind %q needs it", field.name, f.Kind)
		}
		if given && !needed && !slices.Contains(takes, field.name) && field.name != "delay" {
			return fmt.Errorf("%s: a fault of kind %q does not take it, leave it out", field.name, f.Kind)
		}
	}
	return nil
}

func checkWhen(f Fault) error {
	for _, count := range []struct {
		name string
		n    int
	}{{"skip", f.Skip}, {"first", f.First}, {"every", f.Every}} {
		if count.n < 0 {
			return fmt.Errorf("%s: %q is no number of requests: give 1 or more", count.name, strconv.Itoa(count.n))
		}
	}
	if f.First > 0 && f.Every > 0 {
		return errors.New("first and every exclude each other: arm two faults")
	}
	if f.First == 0 && f.Every == 0 && f.Until.IsZero() {
		return errors.New("it is not said when it fires: set first, every or until")
	}
	return nil
}

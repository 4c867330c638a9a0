package fault

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
)

// The lengths in bytes stand beside the forms: a counted repetition is compiled into as
// many copies, which each start of the program would wait for.
const (
	maxHeader = 100
	maxTarget = 500
)

var (
	headerForm  = regexp.MustCompile(`^[ -~]+$`)
	secondsForm = regexp.MustCompile(`^[0-9]{1,9}$`)
	targetForm  = regexp.MustCompile(`^[!-~]+$`)
	blankForm   = regexp.MustCompile(`\$\{[^}]*\}?`)
)

func checkChoices(f Fault) error {
	if f.Kind == Hang && f.Where == After {
		return fmt.Errorf("where: a fault of kind %q leaves nothing to wait for %q the answer: choose another point", f.Kind, f.Where)
	}
	for _, c := range []struct {
		field, value string
		known        []string
	}{
		{"where", string(f.Where), f.Where.Values()},
		{"encoding", string(f.Encoding), f.Encoding.Values()},
		{"shape", string(f.Shape), f.Shape.Values()},
	} {
		if err := checkOneOf(c.field, c.value, c.known); err != nil {
			return err
		}
	}
	return nil
}

// redirects are the statuses that make a client follow a Location (RFC 9110 section 15.4).
var redirects = []int{301, 302, 303, 307, 308}

func checkRanges(f Fault) error {
	switch {
	case f.Status != 0 && (f.Status < 200 || f.Status > 599):
		return fmt.Errorf("status: %q is no status of an answer: give 200 to 599", strconv.Itoa(f.Status))
	case f.Kind == Redirect && !slices.Contains(redirects, f.Status):
		return fmt.Errorf("status: %q is no redirect: give 301, 302, 303, 307 or 308", strconv.Itoa(f.Status))
	case f.Body != "" && !hasBody(f.Status):
		return fmt.Errorf("body: an answer with status %q has none: leave it out", strconv.Itoa(f.Status))
	case len(f.Body) > maxBody:
		return fmt.Errorf("body: %q bytes are too many: give up to %d, or use a fault of kind %q", strconv.Itoa(len(f.Body)), maxBody, Large)
	case f.Delay < 0 || f.Delay > maxDelay:
		return fmt.Errorf("delay: %q is out of range: give up to %v", f.Delay, maxDelay)
	case f.Interval != 0 && (f.Interval < minInterval || f.Interval > maxInterval):
		return fmt.Errorf("interval: %q is out of range: give %v to %v", f.Interval, minInterval, maxInterval)
	case f.Size < 0 || f.Size > maxSize:
		return fmt.Errorf("size: %q is out of range: give up to %d bytes", strconv.FormatInt(f.Size, 10), maxSize)
	}
	return nil
}

// hasBody says whether an answer with the status may have a body (RFC 9110 section 6.4.1).
func hasBody(status int) bool {
	return status != http.StatusNoContent && status != http.StatusNotModified
}

func checkHeaders(f Fault) error {
	for _, header := range [][2]string{{"retryAfter", f.RetryAfter}, {"contentType", f.ContentType}} {
		if header[1] != "" && (len(header[1]) > maxHeader || !headerForm.MatchString(header[1])) {
			return fmt.Errorf("%s: %.120q is no value of a header: write up to %d printable ASCII characters", header[0], header[1], maxHeader)
		}
	}
	if f.RetryAfter != "" && !isRetryAfter(f.RetryAfter) {
		return fmt.Errorf("retryAfter: %q is neither seconds (30), an HTTP date, nor a time from now (+30s)", f.RetryAfter)
	}
	return checkLocation(f.Location)
}

func isRetryAfter(text string) bool {
	if after, ok := strings.CutPrefix(text, "+"); ok {
		d, err := time.ParseDuration(after)
		return err == nil && d >= 0
	}
	_, err := http.ParseTime(text)
	return err == nil || secondsForm.MatchString(text)
}

func checkLocation(template string) error {
	if template == "" {
		return nil
	}
	for _, blank := range blankForm.FindAllString(template, -1) {
		if blank == pathBlank || blank == queryBlank {
			continue
		}
		if near := spell.Nearest(blank, []string{pathBlank, queryBlank}); near != "" {
			return fmt.Errorf("location: unknown blank %q: did you mean %q?", blank, near)
		}
		return fmt.Errorf("location: unknown blank %q: known are %s and %s", blank, pathBlank, queryBlank)
	}
	filled := strings.NewReplacer(pathBlank, "/", queryBlank, "").Replace(template)
	if _, err := url.Parse(filled); err != nil || len(template) > maxTarget || !targetForm.MatchString(template) {
		return fmt.Errorf("location: %.120q is no URL: write up to %d printable ASCII characters without spaces", template, maxTarget)
	}
	return nil
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
	if format := r.Answer.Format; f.Shape != "" && format != fixtures.FormatREST && format != fixtures.FormatRecord {
		return fmt.Errorf("shape: %q is no error of the data API: leave the shape out", f.Refusal)
	}
	return nil
}

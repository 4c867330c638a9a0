package report_test

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// evil is text that means something to each of the formats.
const evil = "<script>alert(1)</script>\"'`](https://evil.test) @somebody owner/repo#1 </details> ]]> | x \x1b[31m\u202e"

func TestHTMLLoadsNothingAndRunsNothing(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*report.Report{"full": sample(), "evil": filled(evil)} {
		page := string(written(t, report.WriteHTML, r, report.Options{}))
		for _, bad := range []string{"<script", "<img", "<link", "<iframe", "src=", "url(", "@import", "javascript:", " on", "\x1b", "\u202e"} {
			where := strings.Join(regexp.MustCompile(`<[^>]*>`).FindAllString(page, -1), "\n")
			if slices.Contains([]string{"url(", "@import", "\x1b", "\u202e"}, bad) {
				where = page
			}
			if strings.Contains(where, bad) {
				t.Errorf("%s: %q is in the page", name, bad)
			}
		}
		for _, link := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if !strings.HasPrefix(link[1], "#") && !citation.MatchString(link[1]) {
				t.Errorf("%s: a link to %q", name, link[1])
			}
		}
	}
}

// citation is an address of a norm or a public case: no other leaves the page.
var citation = regexp.MustCompile(`^https://(www\.rfc-editor\.org/rfc/rfc[0-9]{4}(#section-[0-9.]+)?|help\.salesforce\.com/s/articleView\?id=[0-9]{9}&amp;type=1|` +
	`github\.com/[\w-]+/[\w.-]+/(issues/[0-9]+|blob/[0-9a-f]{7}/[\w./-]*))$`)

func TestHTMLLinksToNormsAndPublicCases(t *testing.T) {
	t.Parallel()
	r := sample()
	for i := range r.Results {
		r.Results[i].Norm, r.Results[i].Evidence = "RFC 6750 §5.3, <b>", "jsforce/jsforce#1698"
	}
	page := string(written(t, report.WriteHTML, r, report.Options{}))
	for _, want := range []string{
		`<a href="https://www.rfc-editor.org/rfc/rfc6750#section-5.3" rel="noreferrer">RFC 6750 §5.3</a>, &lt;b&gt;`,
		`<a href="https://github.com/jsforce/jsforce/issues/1698" rel="noreferrer">jsforce/jsforce#1698</a>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestHTMLElementsAreClosedInOrder(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*report.Report{"full": sample(), "interrupted": interrupted(), "evil": filled(evil)} {
		page := string(written(t, report.WriteHTML, r, report.Options{}))
		var open []string
		for _, tag := range regexp.MustCompile(`<(/?)([a-z0-9]+)[^>]*?(/?)>`).FindAllStringSubmatch(page, -1) {
			switch {
			case tag[3] == "/", tag[2] == "meta", tag[2] == "br":
			case tag[1] == "":
				open = append(open, tag[2])
			case len(open) == 0 || open[len(open)-1] != tag[2]:
				t.Fatalf("%s: %s is closed in %v", name, tag[2], open)
			default:
				open = open[:len(open)-1]
			}
		}
		if len(open) > 0 {
			t.Errorf("%s: %v stay open", name, open)
		}
	}
}

func TestHTMLLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	page := string(written(t, report.WriteHTML, sample(), report.Options{}))
	for _, link := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if n := strings.Count(page, `id="`+link[1]+`"`); n != 1 {
			t.Errorf("#%s is there %d times", link[1], n)
		}
	}
}

func TestMarkdownHoldsNothingOfOthersButText(t *testing.T) {
	t.Parallel()
	comment := string(written(t, report.WriteMarkdown, filled(evil), report.Options{Verbose: true}))
	comment = regexp.MustCompile("(?s)````*\n.*?\n````*\n").ReplaceAllString(comment, "")
	comment = outsideSpans(comment)
	for _, bad := range []string{"<script", "](http", "@somebody", "repo#1", "://evil", " | x ", "\x1b", "\u202e"} {
		if at := strings.Index(comment, bad); at >= 0 {
			t.Errorf("%q is in the comment: …%s", bad, comment[max(0, at-60):at+len(bad)])
		}
	}
	if open, closed := strings.Count(comment, "<details>"), strings.Count(comment, "</details>"); open != closed || open == 0 {
		t.Errorf("%d details are opened and %d closed", open, closed)
	}
}

// outsideSpans is Markdown without its code spans, which begin and end with the same
// number of backticks.
func outsideSpans(text string) string {
	var out strings.Builder
	for text != "" {
		run := len(text) - len(strings.TrimLeft(text, "`"))
		if run == 0 {
			n := 1
			if strings.HasPrefix(text, "\\`") {
				n = 2
			}
			out.WriteString(text[:n])
			text = text[n:]
			continue
		}
		end := regexp.MustCompile("[^`]" + strings.Repeat("`", run) + "([^`]|$)").FindStringIndex(text[run:])
		if end == nil {
			out.WriteString(text[:run])
			text = text[run:]
			continue
		}
		text = strings.TrimLeft(text[run+end[0]+1:], "`")
	}
	return out.String()
}

func TestMarkdownFitsInAComment(t *testing.T) {
	t.Parallel()
	r := sample()
	for range 6 {
		r.Results = append(r.Results, r.Results...)
	}
	r.Results[0].Reason = strings.Repeat("long ", 20000)
	comment := string(written(t, report.WriteMarkdown, r, report.Options{}))
	if n := utf8.RuneCountInString(comment); n > 65000 {
		t.Errorf("%d characters", n)
	}
	if !strings.Contains(comment, "findings more are in the full report") {
		t.Error("it does not say that findings are missing")
	}
}

func TestJUnitCountsAsTheExitCodeDoes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		verdict          verdict.Verdict
		id               fixtures.RequirementID
		strict, final    bool
		failed, err, cut int
	}{
		{verdict: verdict.Pass, id: "req-method-post"},
		{verdict: verdict.Fail, id: "req-method-post", failed: 1},
		{verdict: verdict.Inconclusive, id: "req-method-post", failed: 1},
		{verdict: verdict.Inconclusive, id: "api-user-agent", cut: 1},
		{verdict: verdict.Warn, id: "api-user-agent"},
		{verdict: verdict.Warn, id: "api-user-agent", strict: true, failed: 1},
		{verdict: verdict.Review, id: "req-method-post", cut: 1},
		{verdict: verdict.Review, id: "req-method-post", final: true, failed: 1},
		{verdict: verdict.Waived, id: "req-method-post", cut: 1},
		{verdict: verdict.NotApplicable, id: "req-method-post", cut: 1},
		{verdict: verdict.NotJudged, id: "req-method-post", cut: 1},
		{verdict: verdict.Info, id: "api-user-agent"},
		{verdict: verdict.HarnessError, id: "req-method-post", err: 1},
	} {
		r := &report.Report{Run: run(), Results: []report.Result{result(c.id, c.verdict)}}
		r.Decide(c.strict, c.final)
		var document struct {
			Suite struct {
				Failures int `xml:"failures,attr"`
				Errors   int `xml:"errors,attr"`
				Skipped  int `xml:"skipped,attr"`
			} `xml:"testsuite"`
		}
		if err := xml.Unmarshal(written(t, report.WriteJUnit, r, report.Options{}), &document); err != nil {
			t.Fatal(err)
		}
		if s := document.Suite; s.Failures != c.failed || s.Errors != c.err || s.Skipped != c.cut {
			t.Errorf("%s of %s: %+v", c.verdict, c.id, s)
		}
	}
}

func TestJUnitOfEvilTextIsXML(t *testing.T) {
	t.Parallel()
	d := xml.NewDecoder(strings.NewReader(string(written(t, report.WriteJUnit, filled(evil), report.Options{}))))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestTimelineIsALineAnEvent(t *testing.T) {
	t.Parallel()
	got := report.Timeline([]report.Event{
		{At: seconds(0.412), Kind: "token", Text: "POST /services/oauth2/token -> 400 invalid_client", Status: 400},
		{At: seconds(75.1), Kind: "api", Text: "GET /services/data\n", Status: 401, Took: seconds(0.25)},
	})
	want := []string{
		"   +0.412s  token    POST /services/oauth2/token -> 400 invalid_client",
		"   +0.412s  wait     nothing happens (1m14.688s)",
		"  +75.100s  api      GET /services/data -> 401 (250ms)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestTerminalKeepsToItsWidth(t *testing.T) {
	t.Parallel()
	for line := range strings.Lines(string(written(t, report.WriteTerminal, sample(), report.Options{Width: 70}))) {
		if utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) > 70 && !strings.Contains(line, "sfconform client") {
			t.Errorf("%q is wider", line)
		}
	}
	if out := written(t, report.WriteTerminal, filled(evil), report.Options{Verbose: true}); strings.ContainsAny(string(out), "\x1b\u202e") {
		t.Error("text of others steers the terminal")
	}
}

package guides

import (
	"context"
	"embed"
	"strings"
	"text/template"

	"github.com/sfconform/sfconform/fixtures"
)

//go:embed page.tmpl
var pageTemplate embed.FS

// chapter is one guide of the page, with the table of its omissions.
type chapter struct {
	fixtures.Guide
	Rows []Row
}

// Page is the reference page of the guides. Each table is seen, not typed: every
// guide is followed once for each omission of each of its steps.
func Page(ctx context.Context) ([]byte, error) {
	var chapters []chapter
	for _, g := range fixtures.Guides() {
		rows, err := SkipEach(ctx, g)
		if err != nil {
			return nil, err
		}
		chapters = append(chapters, chapter{g, rows})
	}
	t, err := template.New("page.tmpl").Funcs(template.FuncMap{"cell": cell, "seen": seenCell, "fix": fixCell}).ParseFS(pageTemplate, "page.tmpl")
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	err = t.Execute(&b, chapters)
	return []byte(b.String()), err
}

// cell keeps a text within one cell of a Markdown table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;").Replace(text)
}

// seenCell is what is seen, with a link to the refusal.
func seenCell(r Row) string {
	if r.Seen == nil || r.Seen.Refusal == "" {
		return cell(r.What())
	}
	id := string(r.Seen.Refusal)
	return cell(r.What()) + " ([" + id + "](REFUSALS.md#" + id + "))"
}

// fixCell is after which fix it works, and how long that takes.
func fixCell(r Row) string {
	switch {
	case r.Harmless():
		return "nothing to fix"
	case !r.Works:
		return "does not work after: " + r.Fix
	case r.Waited == 0:
		return r.Fix + ": works at once"
	}
	return r.Fix + ": works " + r.Waited.String() + " later"
}

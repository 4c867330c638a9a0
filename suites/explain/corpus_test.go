package explain_test

import (
	"encoding/json"
	"html"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

// pasted is one text of the corpus.
type pasted struct {
	Text   string             `yaml:"text"`
	Causes []fixtures.CauseID `yaml:"causes"`
	// Ambiguous texts may be explained by any of their causes.
	Ambiguous bool `yaml:"ambiguous"`
	// Insufficient texts decide nothing.
	Insufficient bool `yaml:"insufficient"`
}

const corpusDir = "../../fixtures/testdata/explain"

func corpus(t *testing.T) []pasted {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpusDir, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus in %s: %v", corpusDir, err)
	}
	var all []pasted
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var texts []pasted
		if err := yaml.Unmarshal(data, &texts); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, texts...)
	}
	return all
}

// ratio counts what came out right.
type ratio struct{ hits, of int }

func (r *ratio) count(hit bool) {
	r.of++
	if hit {
		r.hits++
	}
}

func (r ratio) percent() float64 { return 100 * float64(r.hits) / float64(max(r.of, 1)) }

// confident is the confidence from which an answer counts as one that claims to know.
const confident = 0.35

func TestTheCorpusIsExplained(t *testing.T) {
	t.Parallel()
	var top, firstThree ratio
	for _, p := range corpus(t) {
		a := explain.Explain(p.Text, explain.Context{})
		found := ids(a)
		checkFindings(t, a, p.Text)
		if p.Insufficient {
			if a.Causes[0].ID != fixtures.CauseInsufficient || len(a.Causes) > 1 && a.Causes[1].Confidence >= confident {
				t.Errorf("a confident answer to a text that decides nothing: %v (%.2f)\n%s", found, a.Causes[0].Confidence, p.Text)
			}
			continue
		}
		inThree := slices.ContainsFunc(found[:min(3, len(found))], func(id fixtures.CauseID) bool { return slices.Contains(p.Causes, id) })
		firstThree.count(inThree)
		right := found[0] == p.Causes[0] || p.Ambiguous && slices.Contains(p.Causes, found[0])
		if !p.Ambiguous {
			top.count(right)
		}
		if !right || !inThree {
			t.Logf("want %v, found %v\n%s", p.Causes, found, p.Text)
		}
	}
	t.Logf("right at the top %d of %d (%.1f%%), among the first three %d of %d (%.1f%%)", top.hits, top.of, top.percent(), firstThree.hits, firstThree.of, firstThree.percent())
	if top.percent() < 90 || firstThree.percent() < 98 {
		t.Error("want 90% at the top of the unambiguous and 98% among the first three")
	}
}

// checkFindings sees that each finding can be acted upon.
func checkFindings(t *testing.T, a explain.Answer, text string) {
	t.Helper()
	for _, f := range a.Causes {
		if f.Fix == "" || f.Wait == "" || f.TellApart == "" || f.Meaning == "" || f.Word == "" {
			t.Errorf("%s lacks a part", f.ID)
		}
		if len(f.Evidence) == 0 && f.ID != fixtures.CauseInsufficient {
			t.Errorf("nothing speaks for %s in\n%s", f.ID, text)
		}
	}
}

// disguises are what carriers of texts do to them.
var disguises = map[string]func(string) string{
	"upper case":    strings.ToUpper,
	"JSON in JSON":  func(s string) string { return quoted(quoted(s)) },
	"HTML":          html.EscapeString,
	"query":         url.QueryEscape,
	"quoted":        func(s string) string { return "> " + strings.ReplaceAll(s, "\n", "\n> ") },
	"container log": func(s string) string { return `{"log":` + quoted(s+"\n") + `,"stream":"stderr"}` },
}

func quoted(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func TestTheCorpusIsExplainedInOtherShapesToo(t *testing.T) {
	t.Parallel()
	texts := corpus(t)
	for turn, name := range slices.Sorted(maps.Keys(disguises)) {
		disguise := disguises[name]
		var top ratio
		for i, p := range texts {
			if p.Ambiguous || i%len(disguises) != turn { // each text in one shape: under -race every answer takes its time
				continue
			}
			found := ids(explain.Explain(disguise(p.Text), explain.Context{}))
			top.count(p.Insufficient && found[0] == fixtures.CauseInsufficient || !p.Insufficient && found[0] == p.Causes[0])
		}
		if top.percent() < 95 {
			t.Errorf("%s: right at the top %d of %d (%.1f%%), want 95%%", name, top.hits, top.of, top.percent())
		}
	}
}

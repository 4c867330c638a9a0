package config

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// Text is the file with a comment on everything that can be said in it; what the File
// leaves open stands there as a comment. Read reads it back.
func Text(f File) string {
	b := &page{}
	b.line("# What sfconform has to know of this client. Run it with: sfconform client")
	b.line("# Paths are relative to this file. Flags of the command stand above what is said here.")
	b.client(f.Client)
	b.variables(f)
	b.limits(f)
	b.list("reports", f.Reports, "client-report.html", "Reports to write: .json, .xml (JUnit), .md, .sarif, .html or .txt.")
	b.waivers(f.Waivers)
	b.line("")
	b.setting("strict", fmt.Sprint(f.Strict), f.Strict, "A warning fails the run, too.")
	seed := uint64(1)
	if f.Seed != nil {
		seed = *f.Seed
	}
	b.setting("seed", fmt.Sprint(seed), f.Seed != nil, "The number that repeats a run.")
	return b.String()
}

// page is a file being written.
type page struct{ strings.Builder }

func (b *page) line(text string) { fmt.Fprintln(&b.Builder, strings.TrimRight(text, " ")) }

// setting writes a setting with its comment; one that is not set, as an example.
func (b *page) setting(name, value string, set bool, comment string) {
	indent := name[:len(name)-len(strings.TrimLeft(name, " "))]
	b.line(indent + "# " + comment)
	if !set {
		name = indent + "# " + strings.TrimLeft(name, " ")
	}
	b.line(name + ": " + value)
}

func (b *page) client(c Client) {
	b.line("")
	b.line("client:")
	b.setting("  name", quoted(c.Name), c.Name != "", "As reports call it.")
	b.setting("  version", quoted(c.Version), c.Version != "", "Its version, for reports.")
	mode := c.Mode
	if mode == "" {
		mode = Command
	}
	b.line("  # How it is made to work: command (a start for each piece of work), proxy (the same, for hosts built in),")
	b.setting("  mode", string(mode), c.Mode != "", "driver (JSON lines), manual (a person does it) or watch (whatever arrives is judged).")
	example := c.Command
	if len(example) == 0 {
		example = []string{"./my-client", "--sync"}
	}
	b.setting("  command", words(example), len(c.Command) > 0, "The program and its arguments.")
	b.setting("  dir", quoted(c.Dir), c.Dir != "", "Where it works, in place of a fresh empty folder.")
	b.setting("  flows", words(orAll(c.Flows, Flow("").Values())), len(c.Flows) > 0, "The flows that it has; found out where none is named.")
	b.line("  # The operations that it has: it reads which one to do from CHECK_OPERATION. Requirements that")
	b.setting("  operations", words(orAll(c.Operations, []string{"login", "query"})), len(c.Operations) > 0,
		"need another one are not applicable then. Of: "+strings.Join(Operations(), ", ")+".")
	b.setting("  app", orElse(string(c.App), "external-client-app"), c.App != "", "external-client-app or connected-app.")
	b.setting("  org", orElse(string(c.Org), "production"), c.Org != "", "production, sandbox, developer or scratch.")
}

func (b *page) variables(f File) {
	b.line("")
	b.line("# The client's own variables: constants, or templates of the contract's (sfconform client --help).")
	if len(f.Env) == 0 {
		b.line("# env:")
		b.line("#   SALESFORCE_TOKEN_URL: ${SF_LOGIN_URL}/services/oauth2/token")
	} else {
		b.line("env:")
		for _, name := range slices.Sorted(maps.Keys(f.Env)) {
			b.line("  " + quoted(name) + ": " + quoted(f.Env[name]))
		}
	}
	b.list("pass", f.Pass, "MY_APP_*", "Variables of the caller that it may see beside PATH and the like.")
}

func (b *page) limits(f File) {
	set := f.Time != Time{}
	b.line("")
	if set {
		b.line("time:")
	} else {
		b.line("# time:")
	}
	factor := f.Time.Factor
	if factor == 0 {
		factor = 1
	}
	giveUp := "2m"
	if f.Time.GiveUp > 0 {
		giveUp = f.Time.GiveUp.String()
	}
	b.setting("  factor", fmt.Sprint(float64(factor)), f.Time.Factor > 0, "On every limit: more for a slow client.")
	b.setting("  give-up", giveUp, f.Time.GiveUp > 0, "Within what time it gives up on a server that does not answer.")
}

func (b *page) list(name string, values []string, example, comment string) {
	b.line("")
	shown := values
	if len(shown) == 0 {
		shown = []string{example}
	}
	b.setting(name, words(shown), len(values) > 0, comment)
}

func (b *page) waivers(all []Waiver) {
	b.line("")
	b.line("# Requirements that may be broken until a day. One that is kept by now fails the run: take it out then.")
	if len(all) == 0 {
		b.line("# waivers:")
		b.line("#   - {requirement: cache-single-flight-expiry, reason: mended in release 4.2, owner: you, until: 2099-12-31}")
		return
	}
	b.line("waivers:")
	for _, w := range all {
		b.line("  - requirement: " + string(w.Requirement))
		b.line("    reason: " + quoted(w.Reason))
		if w.Owner != "" {
			b.line("    owner: " + quoted(w.Owner))
		}
		b.line("    until: " + w.Until.Format("2006-01-02"))
	}
}

func orElse(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}

func orAll[T ~string](values []T, all []string) []string {
	if len(values) == 0 {
		return all
	}
	var texts []string
	for _, v := range values {
		texts = append(texts, string(v))
	}
	return texts
}

// words is a list in a line.
func words[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, w := range list {
		texts[i] = quoted(string(w))
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// quoted is a text as YAML reads it as one: words of letters as they are, all else as
// a JSON string, which YAML knows too.
func quoted(text string) string {
	plain := strings.IndexFunc(text, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !strings.ContainsRune("-_./", r)
	}) < 0
	if plain && strings.IndexFunc(text, unicode.IsLetter) == 0 && !reserved[strings.ToLower(text)] {
		return text
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	// A string is always encoded.
	_ = e.Encode(text)
	return strings.TrimSuffix(b.String(), "\n")
}

// reserved are the words that YAML takes for something else than a text.
var reserved = map[string]bool{"true": true, "false": true, "yes": true, "no": true, "on": true, "off": true, "null": true, "y": true, "n": true}

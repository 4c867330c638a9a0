package main

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestGuideCommandsEndInTheirCodes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args     string
		code     int
		out, err string
	}{
		"help":             {args: "guide", out: "sfconform guide run jtel --skip-each"},
		"no such command":  {args: "guide walk", code: 2, err: `no command "walk"`},
		"list":             {args: "guide list", out: "jwt-bearer-metadata"},
		"show":             {args: "guide show client-credentials-metadata", out: "has never had either field"},
		"show as JSON":     {args: "guide show jtel --json", out: `"id": "jtel"`},
		"show nothing":     {args: "guide show", code: 2, err: "takes the name of one guide: jtel, "},
		"run":              {args: "guide run service-board", out: "service-board: connects"},
		"run, departures":  {args: "guide run client-credentials-metadata", out: "  steps that the guide does not name: wait-for-propagation, consumer-key-and-secret\n  what another guide or the facts contradict (sfconform guide show client-credentials-metadata): policies-flow, global-flow, policies-user\n"},
		"run as JSON":      {args: "guide run jtel --json", out: `"connected": true`},
		"guide with typo":  {args: "guide run jtl", code: 2, err: `did you mean "jtel"?`},
		"one step":         {args: "guide run jtel --skip scopes", out: "scopes/full-instead"},
		"one omission":     {args: "guide run jtel --skip scopes/full-instead --json", out: `"omission": "full-instead"`},
		"step with guide":  {args: "guide run jtel --skip jtel/scopes", out: "scopes/full-instead"},
		"no step":          {args: "guide run jtel --skip=", code: 2, err: "--skip names no step"},
		"step with typo":   {args: "guide run jtel --skip scopse", code: 2, err: `did you mean "scopes"?`},
		"omission unknown": {args: "guide run jtel --skip scopes/full-instaed", code: 2, err: `did you mean "full-instead"?`},
		"two choices":      {args: "guide run jtel --skip scopes --skip-each", code: 2, err: "leave one out"},
		"flag with typo":   {args: "guide run jtel --skip-eech", code: 2, err: `did you mean "--skip-each"?`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := execute(t, nil, strings.Fields(c.args)...)
			if got.code != c.code || !strings.Contains(got.stdout, c.out) || !strings.Contains(got.stderr, c.err) {
				t.Errorf("%s ends with %d:\n%s\n%s\nwant %d, %q and %q", c.args, got.code, got.stdout, got.stderr, c.code, c.out, c.err)
			}
		})
	}
}

func TestAnInterruptedGuideSaysSo(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"guide", "run", "jtel", "--skip-each"}, world{env: func(string) string { return "" }, now: today, stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr})
	if code != exitHarness || stderr.String() != "sfconform: interrupted\n" || stdout.Len() > 0 {
		t.Errorf("it ends with %d:\n%s\n%s", code, stdout.String(), stderr.String())
	}
}

func TestGuideListAndListNameTheSameGuides(t *testing.T) {
	t.Parallel()
	want := []string{"jtel", "service-board", "jitterbit", "client-credentials-metadata", "jwt-bearer-metadata"}
	for _, args := range [][]string{{"guide", "list", "--json"}, {"list", "--json"}} {
		var parsed struct {
			Guides []struct{ ID string }
		}
		if err := json.Unmarshal([]byte(execute(t, nil, args...).stdout), &parsed); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, g := range parsed.Guides {
			got = append(got, g.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v lists %v", args, got)
		}
	}
}

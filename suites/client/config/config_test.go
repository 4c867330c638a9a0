package config_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/config"
)

func today() time.Time { return time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC) }

func full() config.File {
	seed := uint64(7)
	return config.File{
		Client: config.Client{
			Name: "nightly: sync #1", Version: "1.10", Command: []string{"python3", "sync.py", "--at=12:00", "{x}", "", "yes", "- é"},
			Dir: "app", Mode: config.Proxy, Flows: []config.Flow{"jwt-bearer"}, Operations: []config.Operation{"login", "burst:20"},
			App: fixtures.ConnectedApp, Org: fixtures.Sandbox,
		},
		Env:  map[string]string{"TOKEN_URL": "${SF_LOGIN_URL}/services/oauth2/token", "MODE": "'\"\\\n", "N": "17", "NULL": "null"},
		Pass: []string{"APP_*"}, Time: config.Time{Factor: 1.5, GiveUp: fixtures.Duration(90 * time.Second)},
		Reports: []string{"out/result.html", "result.json"}, Strict: true, Seed: &seed,
		Waivers: []config.Waiver{{
			Requirement: "session-no-loop", Reason: "vendor: fixed in #12", Owner: "ops",
			Until: config.Day{Time: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)},
		}},
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]config.File{"full": full(), "empty": {}, "only waits": {Time: config.Time{Factor: 2}}} {
		text := config.Text(f)
		back, err := config.Read("sfconform.yaml", []byte(text), today())
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
			continue
		}
		if !reflect.DeepEqual(back, f) {
			t.Errorf("%s: read back as\n%+v, want\n%+v", name, back, f)
		}
	}
}

func TestTheCommentsAreExamplesThatCanBeRead(t *testing.T) {
	t.Parallel()
	var lines []string
	for line := range strings.Lines(config.Text(config.File{})) {
		bare := strings.TrimLeft(line, " ")
		example := strings.TrimPrefix(bare, "# ")
		name, _, found := strings.Cut(strings.TrimLeft(example, " "), ":")
		if found && bare != example && !strings.Contains(name, " ") || strings.HasPrefix(bare, "#   ") {
			indent := line[:len(line)-len(bare)]
			line = indent + example
		}
		lines = append(lines, line)
	}
	text := strings.Join(lines, "")
	text = strings.ReplaceAll(text, `name: ""`, `name: x`)
	f, err := config.Read("x.yaml", []byte(text), today())
	if err != nil || f.Client.Name != "x" || len(f.Waivers) != 1 || f.Seed == nil || len(f.Env) != 1 || f.Time.GiveUp == 0 {
		t.Errorf("%v: %+v from\n%s", err, f, text)
	}
}

func TestWhatIsWrongIsRefusedWithItsLineAndWhatToWrite(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, want string }{
		"unknown key":         {"client:\n  comand: [x]", `s.yaml:2: client: unknown field "comand": did you mean "command"?`},
		"unknown section":     {"clients: {}", `s.yaml:1: unknown field "clients": did you mean "client"?`},
		"command as a text":   {"client:\n  command: ./x --sync", `s.yaml:2: client/command: want a list`},
		"mode":                {"client:\n  mode: comand", `did you mean "command"?`},
		"flow":                {"client:\n  flows: [jwt]", `client/flows/0: unknown value "jwt"`},
		"operation":           {"client:\n  operations: [qery]", `there is no operation "qery": did you mean "query"?`},
		"operation's number":  {"client:\n  operations: ['login:3']", `there is no operation "login:3"`},
		"command by hand":     {"client:\n  mode: manual\n  command: [x]", `s.yaml:3: client/command: the mode "manual" starts nothing`},
		"empty program":       {"client:\n  command: ['']", `cannot be started`},
		"factor":              {"time: {factor: 0}", `"0" is no time factor: write a number above 0`},
		"factor, not a one":   {"time: {factor: .nan}", `is no time factor`},
		"give-up":             {"time:\n  give-up: soon", `s.yaml:2: time/give-up: "soon" is no duration: write 90s`},
		"report":              {"reports:\n- a.html\n- b.htlm", `s.yaml:3: reports/1: report file "b.htlm": no report has the extension ".htlm"`},
		"waiver's id":         {"waivers:\n- {requirement: session-no-lop, reason: r, until: 2030-01-01}", `s.yaml:2: waivers/0: no requirement is called "session-no-lop": did you mean "session-no-loop"?`},
		"waiver of nothing":   {"waivers: [{reason: r, until: 2030-01-01}]", `a waiver names the requirement`},
		"waiver, no reason":   {"waivers:\n\n- {requirement: session-no-loop, until: 2030-01-01}", `s.yaml:3: waivers/0: the waiver of "session-no-loop" has no reason`},
		"waiver, no end":      {"waivers: [{requirement: session-no-loop, reason: r}]", `has no end: write until: and a day such as 2026-12-22`},
		"waiver, ended":       {"waivers: [{requirement: session-no-loop, reason: r, until: 2026-11-21}]", `ended on 2026-11-21: take it out, or mend the client`},
		"waiver, no day":      {"waivers: [{requirement: session-no-loop, reason: r, until: soon}]", `"soon" is no day: write 2026-12-31`},
		"waived twice":        {"waivers:\n- {requirement: session-no-loop, reason: r, until: 2030-01-01}\n- {requirement: session-no-loop, reason: r, until: 2030-01-01}", `s.yaml:3: waivers/1: "session-no-loop" is waived twice`},
		"nothing":             {"", "the document is empty"},
		"no yaml":             {"client: [", "s.yaml"},
		"too large":           {"# " + strings.Repeat("x", 5<<20), "more than the limit"},
		"two problems, lines": {"strict: 3\ntime: {factor: x}", "s.yaml:2: time/factor"},
	}
	for name, test := range tests {
		if _, err := config.Read("s.yaml", []byte(test.text), today()); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(config.Text(full())))
	f.Add([]byte(config.Text(config.File{})))
	f.Add([]byte("client: {command: [a], operations: ['burst:']}\nwaivers: [{until: 0000-00-00}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		one, err := config.Read("s.yaml", data, today())
		if err != nil {
			return
		}
		if _, err := config.Read("s.yaml", []byte(config.Text(one)), today()); err != nil {
			t.Errorf("what was read cannot be read again: %v\n%s", err, config.Text(one))
		}
	})
}

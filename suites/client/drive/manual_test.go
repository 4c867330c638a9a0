package drive_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

var configured = drive.Job{Scenario: "happy", Operation: "burst:8", Env: map[string]string{
	"SF_LOGIN_URL": "https://acme.my.salesforce.com", "SF_CLIENT_ID": "3MVG9", "SF_CLIENT_SECRET": "s3cret\x1b[2J", "SF_CLIENT_ID_2": "second",
}}

func TestAPersonIsToldWhatToConfigureAndTheSecretOnATerminalAlone(t *testing.T) {
	t.Parallel()
	for _, terminal := range []bool{true, false} {
		var out strings.Builder
		m := drive.NewManual(strings.NewReader("\n"), &out, drive.ManualOptions{Terminal: terminal})
		r, err := m.Run(t.Context(), configured)
		if err != nil || !r.Exit.Succeeded() {
			t.Errorf("%+v, %v", r.Exit, err)
		}
		for _, want := range []string{"Scenario happy", "https://acme.my.salesforce.com", "Consumer Key ", "Consumer Key, second org", "8 calls side by side"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%q is missing in\n%s", want, out.String())
			}
		}
		if strings.Contains(out.String(), "s3cret?[2J") != terminal || strings.Contains(out.String(), "\x1b") {
			t.Errorf("terminal %v:\n%s", terminal, out.String())
		}
		_ = m.Close()
	}
}

func TestAManualRunEndsByThePersonOrTheScenario(t *testing.T) {
	t.Parallel()
	closed := make(chan struct{})
	close(closed)
	passed := func(time.Duration) <-chan time.Time {
		c := make(chan time.Time, 1)
		c <- time.Time{}
		return c
	}
	for name, tt := range map[string]struct {
		typed string
		job   drive.Job
		after func(time.Duration) <-chan time.Time
		want  evidence.Exit
		err   error
	}{
		"enter":  {typed: "\n"},
		"skip":   {typed: "skip\n", want: evidence.Exit{Code: 127, Unsupported: true}},
		"stop":   {job: drive.Job{Stop: closed}, want: evidence.Exit{Stopped: true}},
		"kill":   {job: drive.Job{Kill: closed}},
		"limit":  {job: drive.Job{Limit: time.Minute}, after: passed, want: evidence.Exit{TimedOut: true}},
		"nobody": {typed: "end", err: drive.ErrNobody},
	} {
		in, out := io.Pipe()
		m := drive.NewManual(in, io.Discard, drive.ManualOptions{After: tt.after})
		switch tt.typed {
		case "end":
			_ = out.Close()
		case "":
		default:
			go func() { _, _ = io.WriteString(out, tt.typed) }()
		}
		r, err := m.Run(t.Context(), tt.job)
		if r.Exit != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("%s: %+v, %v", name, r.Exit, err)
		}
		_ = m.Close()
		_ = out.Close()
	}
}

func TestTheCountdownIsForATerminal(t *testing.T) {
	t.Parallel()
	in, typed := io.Pipe()
	shown, out := io.Pipe()
	start := time.Unix(0, 0)
	ticks := make(chan time.Time, 1)
	ticks <- start
	m := drive.NewManual(in, out, drive.ManualOptions{
		Terminal: true, Now: func() time.Time { return start },
		After: func(d time.Duration) <-chan time.Time {
			if d == time.Second {
				return ticks
			}
			return nil
		},
	})
	defer m.Close()
	ended := begin(t.Context(), m, drive.Job{Limit: 5 * time.Minute})
	var seen strings.Builder
	buffer := make([]byte, 4096)
	for !strings.Contains(seen.String(), "waiting, 5m0s left") {
		n, err := shown.Read(buffer)
		if err != nil {
			t.Fatal(err)
		}
		seen.Write(buffer[:n])
	}
	_, _ = io.WriteString(typed, "\n")
	if got := <-ended; got.err != nil || !got.run.Exit.Succeeded() {
		t.Errorf("%+v, %v", got.run.Exit, got.err)
	}
}

func TestQuestionsAreAnsweredWithNameAndTime(t *testing.T) {
	t.Parallel()
	at := time.Unix(1700000000, 0)
	var out strings.Builder
	m := drive.NewManual(strings.NewReader("maybe\nY\nno\nskip\n"), &out, drive.ManualOptions{Who: "Ada", Now: func() time.Time { return at }})
	got, err := m.Ask(t.Context(), []string{"a?", "b?", "c?", "d?"})
	if err != nil || len(got) != 4 {
		t.Fatalf("%v, %v", got, err)
	}
	for i, want := range []drive.ReviewAnswer{drive.Yes, drive.No, drive.Skipped, drive.Skipped} {
		if got[i].Answer != want || got[i].Who != "Ada" || !got[i].At.Equal(at) {
			t.Errorf("%d: %+v, want %s", i, got[i], want)
		}
	}
	if strings.Count(out.String(), "a? [y/n/skip/back/stop]") != 2 {
		t.Errorf("asked\n%s", out.String())
	}
}

func TestAnAnswerCanBeTakenBack(t *testing.T) {
	t.Parallel()
	m := drive.NewManual(strings.NewReader("b\ny\nback\nn\ny\n"), io.Discard, drive.ManualOptions{})
	got, err := m.Ask(t.Context(), []string{"a?", "b?"})
	if err != nil || len(got) != 2 || got[0].Answer != drive.No || got[1].Answer != drive.Yes {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAPersonCanEndTheRunAtAnyPrompt(t *testing.T) {
	t.Parallel()
	for name, wait := range map[string]func(m *drive.Manual) error{
		"at work": func(m *drive.Manual) error {
			_, err := m.Run(t.Context(), configured)
			return err
		},
		"at a question": func(m *drive.Manual) error {
			got, err := m.Ask(t.Context(), []string{"a?", "b?", "c?"})
			if len(got) != 2 || got[0].Answer != drive.Skipped || got[1].Answer != drive.Skipped {
				t.Errorf("answered %+v", got)
			}
			return err
		},
	} {
		typed := "Stop\n"
		if name == "at a question" {
			typed = "skip\nSTOP\n"
		}
		ended := 0
		m := drive.NewManual(strings.NewReader(typed), io.Discard, drive.ManualOptions{Stop: func() { ended++ }})
		if err := wait(m); err == nil || ended != 1 {
			t.Errorf("%s: it was ended %d times, %v", name, ended, err)
		}
	}
}

func TestAPersonIsToldWhatTheCaseIsAndWhatToLeaveEmpty(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	job := drive.Job{
		Scenario: "setting-missing", Title: "One setting is missing.", Context: map[string]any{"flow": "client-credentials"},
		Env: map[string]string{"SF_LOGIN_URL": "https://acme.my.salesforce.com", "SF_CLIENT_SECRET_FILE": "secret.txt"},
	}
	m := drive.NewManual(strings.NewReader("\n\n"), &out, drive.ManualOptions{Terminal: true})
	if _, err := m.Run(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	job.Env = map[string]string{"SF_LOGIN_URL": "a", "SF_CLIENT_ID": "b", "SF_CLIENT_SECRET": "c\n"}
	if _, err := m.Run(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	for want, times := range map[string]int{"1. Scenario": 1, "2. Scenario": 1, "One setting is missing.": 2, "(leave it empty)": 1, "c(and a line break)": 1} {
		if strings.Count(out.String(), want) != times {
			t.Errorf("%q is not there %d times in\n%s", want, times, out.String())
		}
	}
}

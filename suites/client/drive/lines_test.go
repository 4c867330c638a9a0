//go:build unix

package drive_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// driverProgram answers each request by its operation.
func driverProgram([]string) {
	answer := func(id int, rest string) { fmt.Printf("{\"id\":%d,%s}\n", id, rest) }
	var canceled sync.Map
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var r struct {
			ID, Cancel int
			Operation  string
			Env        map[string]string
		}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			fmt.Fprintln(os.Stderr, err)
			continue
		}
		if r.Cancel != 0 {
			if _, ok := canceled.LoadAndDelete(r.Cancel); ok {
				answer(r.Cancel, `"ok":false,"error":"given up"`)
			}
			continue
		}
		switch r.Operation {
		case "query":
			fmt.Fprintln(os.Stderr, "working for "+r.Env["OWN_URL"])
			fmt.Println("text for people")
			answer(r.ID, fmt.Sprintf(`"ok":true,"records":3,"pid":%d`, os.Getpid()))
		case "fail":
			answer(r.ID, `"ok":false,"error":"refused"`)
		case "crash":
			os.Exit(7)
		case "answer and crash":
			answer(r.ID, `"ok":true`)
			os.Exit(7)
		case "print and crash":
			fmt.Println(r.Env["PRINTED"])
			os.Exit(7)
		case "hang":
			canceled.Store(r.ID, true)
			tell(r.Env["EAR"])
		case "deaf":
			tell(r.Env["EAR"])
			select {}
		default:
			answer(r.ID, `"ok":false,"unsupported":true`)
		}
	}
}

func lines(t *testing.T, o drive.CommandOptions) *drive.Lines {
	t.Helper()
	o.Command, o.Environ = client("driver"), os.Environ()
	l, err := drive.NewLines(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func TestADriverProgramAnswersForManyRuns(t *testing.T) {
	t.Parallel()
	l := lines(t, drive.CommandOptions{Map: map[string]string{"OWN_URL": "${SF_LOGIN_URL}/x"}})
	job := drive.Job{Scenario: "happy", Operation: "query", Env: map[string]string{"SF_LOGIN_URL": "https://fake"}}
	first, second := run(t, l, job), run(t, l, job)
	if !first.Exit.Succeeded() || first.Checks["records"] != 3.0 || first.Checks["pid"] != second.Checks["pid"] {
		t.Errorf("%+v %v, then %v", first.Exit, first.Checks, second.Checks)
	}
	if got := second.Stderr.Text(); got != "working for https://fake/x\n" {
		t.Errorf("stderr %q", got)
	}
	if got := second.Stdout.Text(); got != "text for people\n" {
		t.Errorf("stdout %q", got)
	}
	if r := run(t, l, drive.Job{Operation: "fail"}); r.Exit != (evidence.Exit{Code: 1}) || r.Err != "refused" {
		t.Errorf("%+v, %s", r.Exit, r.Err)
	}
	if r := run(t, l, drive.Job{Operation: "other"}); !r.Exit.Unsupported {
		t.Errorf("%+v", r.Exit)
	}
	if operations, err := l.Probe(t.Context()); !operations || err != nil || !l.Traits().Operations {
		t.Errorf("%v, %v", operations, err)
	}
}

func TestADriverProgramThatCrashesIsStartedAgain(t *testing.T) {
	t.Parallel()
	l := lines(t, drive.CommandOptions{})
	if r := run(t, l, drive.Job{Operation: "crash"}); r.Exit.Code != 7 || r.Err == "" {
		t.Errorf("%+v, %s", r.Exit, r.Err)
	}
	if r := run(t, l, drive.Job{Operation: "query"}); !r.Exit.Succeeded() {
		t.Errorf("%+v, %s", r.Exit, r.Err)
	}
	if r := run(t, l, drive.Job{Operation: "answer and crash"}); !r.Exit.Succeeded() || r.Err != "" {
		t.Errorf("an answer is lost: %+v, %s", r.Exit, r.Err)
	}
}

func TestAStopCancelsARequestAndOthersGoOn(t *testing.T) {
	t.Parallel()
	l, e, stop := lines(t, drive.CommandOptions{}), listen(t), make(chan struct{})
	ended := begin(t.Context(), l, drive.Job{Operation: "hang", Env: map[string]string{"EAR": e.address()}, Limit: time.Minute, Stop: stop})
	e.heard(t)
	if r := run(t, l, drive.Job{Operation: "query"}); !r.Exit.Succeeded() {
		t.Errorf("%+v, %s", r.Exit, r.Err)
	}
	close(stop)
	if got := <-ended; !got.run.Exit.Stopped || got.run.Exit.Code != 1 || got.run.Err != "given up" || got.err != nil {
		t.Errorf("%+v, %q, %v", got.run.Exit, got.run.Err, got.err)
	}
}

func TestARequestThatIsNotGivenUpTakesTheProgramWithIt(t *testing.T) {
	t.Parallel()
	e := listen(t)
	times := map[time.Duration]chan time.Time{time.Hour: make(chan time.Time), time.Minute: make(chan time.Time)}
	l := lines(t, drive.CommandOptions{GraceFor: time.Minute, After: func(d time.Duration) <-chan time.Time {
		if channel, ok := times[d]; ok {
			return channel
		}
		return time.After(d)
	}})
	ended := begin(t.Context(), l, drive.Job{Operation: "deaf", Env: map[string]string{"EAR": e.address()}, Limit: time.Hour})
	conn := e.heard(t)
	times[time.Hour] <- time.Time{}
	times[time.Minute] <- time.Time{}
	gone(conn)
	if got := <-ended; !got.run.Exit.TimedOut || got.run.Exit.Signal != "SIGKILL" || got.err != nil {
		t.Errorf("%+v, %v", got.run.Exit, got.err)
	}
}

func TestParallelRunsOfOneDriverProgram(t *testing.T) {
	t.Parallel()
	l := lines(t, drive.CommandOptions{})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			r, err := l.Run(t.Context(), drive.Job{Operation: "query", Limit: time.Minute})
			if err != nil || r.Checks["records"] != 3.0 {
				t.Errorf("%+v, %v", r.Checks, err)
			}
		})
	}
	group.Wait()
}

func FuzzParseAnswer(f *testing.F) {
	f.Add([]byte(`{"id":1,"ok":true,"records":1234}`))
	f.Add([]byte(`{"id":null,"ok":1}`))
	f.Add([]byte(`{"id":1,"ok":false,"unsupported":true,"error":"x"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		checks, err := drive.AnswerChecks(line)
		if _, known := checks["id"]; known && err == nil {
			t.Errorf("the id is a check in %q", line)
		}
	})
}

func TestADriversAuthorIsToldHowTheProtocolWasBroken(t *testing.T) {
	t.Parallel()
	l := lines(t, drive.CommandOptions{})
	for printed, want := range map[string]string{
		"text for people":          "ended without an answer",
		`{"id":"1","ok":true}`:     `it needs "id", the number of the request`,
		`{"ok":true}`:              `it needs "id", the number of the request`,
		`{"id":1,`:                 `it needs "id", the number of the request`,
		`{"id":1000000,"ok":true}`: "it answered request 1000000, which nobody has asked",
		strings.Repeat("x", 1<<20): "it is longer than 1048576 bytes",
	} {
		// Too long for the environment of a process, but not for a request.
		r := run(t, l, drive.Job{Operation: "print and crash", Env: map[string]string{"PRINTED": printed}})
		if !strings.HasPrefix(r.Err, "the driver program ended without an answer") || !strings.Contains(r.Err, want) || r.Exit.Code != 7 {
			t.Errorf("%.40q: %+v, %s", printed, r.Exit, r.Err)
		}
	}
}

package judge

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// uncaught are what runtimes write of an error that nobody caught, where a line begins:
// a log in JSON has the same words within a line.
var uncaught = regexp.MustCompile(`(?m)^(panic: |goroutine \d+ \[|Exception in thread |Unhandled [Ee]xception|` +
	`Node\.js v\d|\[UnhandledPromiseRejection|\(node:\d+\) UnhandledPromiseRejection|(PHP )?Fatal error: +Uncaught )`)

// broughtDown are what shells and C libraries write of a child that a signal ended.
var broughtDown = []string{"Segmentation fault", "segmentation fault", "core dumped"}

// trace is how Python begins a stack trace, be it of an error that nobody caught or of
// one that a program logs.
const trace = "Traceback (most recent call last):"

// crashed says whether a start was ended by a signal or by an error that nobody caught.
// A program that logs the stack trace of an error has caught it.
func crashed(r evidence.Run) bool {
	text := r.Stderr.Text()
	return r.Exit.Signal != "" && !r.Exit.TimedOut && !r.Exit.Stopped ||
		uncaught.MatchString(text) || containsAny(text, broughtDown...) || leavesTrace(text)
}

// logged are words of a log line that a stack trace belongs to.
var logged = regexp.MustCompile(`(?i)\b(error|critical|exception|fatal|warn(ing)?|fail(ed|ure)?)\b`)

// leavesTrace says whether a Python trace stands at the beginning of a line, and no log
// line introduces it. A trace that belongs to the one before it counts with that.
func leavesTrace(text string) bool {
	before := ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if line == trace && !logged.MatchString(before) {
			return true
		}
		if strings.TrimSpace(line) != "" {
			before = line
		}
	}
	return false
}

// messages are the lines of the output without the frames of stack traces.
func messages(r evidence.Run) string {
	var all strings.Builder
	for line := range strings.Lines(said(r)) {
		if !strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "\t") {
			all.WriteString(strings.ToLower(line))
		}
	}
	return all.String()
}

// namesStatus says whether a message has the status as a number of its own.
func namesStatus(r evidence.Run, status int) bool {
	return regexp.MustCompile(fmt.Sprintf(`\b%d\b`, status)).MatchString(messages(r))
}

// brokenOff are what libraries say of a connection that ended too soon.
var brokenOff = []string{"incompleteread", "connection", "broken pipe", "unexpected eof", "premature", "socket hang up", "reset by", "terminated", "eof reached"}

// namesBreak says whether a message speaks of a connection that broke off.
func namesBreak(r evidence.Run) bool { return containsAny(messages(r), brokenOff...) }

package explain_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

// tellingLog is the longest log that is read: each line holds words that may matter,
// and none is like another.
func tellingLog() string {
	var log strings.Builder
	for i := 0; log.Len() < explain.MaxInput-16<<10; i++ {
		_, _ = fmt.Fprintf(&log, "2026-01-01T00:%02d:%02dZ INFO token status of %s is %s for batch %s\n", i/60%60, i%60, letters(i), letters(i+3), letters(i+11))
	}
	return log.String()
}

// inTheMiddle puts a line in the middle of a log.
func inTheMiddle(log, line string) string {
	at := strings.IndexByte(log[len(log)/2:], '\n') + len(log)/2 + 1
	return log[:at] + line + "\n" + log[at:]
}

func TestTheOneErrorInAMegabyteOfTellingLinesIsFound(t *testing.T) {
	t.Parallel()
	noise := tellingLog()
	for line, want := range map[string]fixtures.CauseID{
		"ERROR " + string(fixtures.MustRefusal("run-as-missing").Answer.Body()):                                                "run-as-user-missing",
		"token status 400 " + string(fixtures.MustRefusal("client-id-unknown").Answer.Body()):                                  "consumer-key-unknown-or-not-propagated",
		"reply " + fixtures.MustRefusal("user-not-approved").Answer.Description:                                                "jwt-user-not-preauthorised",
		"java.net.UnknownHostException: meadow.my.salesforce.com":                                                              "dns-my-domain",
		"urllib3: SSLCertVerificationError: certificate verify failed: self-signed certificate in chain, login.salesforce.com": "tls-trust",
	} {
		if a := explain.Explain(inTheMiddle(noise, line), explain.Context{}); a.Causes[0].ID != want {
			t.Errorf("%q in the middle of a long log is explained as %v, want %s", line, ids(a), want)
		}
	}
}

func TestTheOneErrorInOneLongLineIsFound(t *testing.T) {
	t.Parallel()
	noise := strings.ReplaceAll(inTheMiddle(tellingLog(), string(fixtures.MustRefusal("run-as-missing").Answer.Body())), "\n", ", ")
	if a := explain.Explain(noise, explain.Context{}); a.Causes[0].ID != "run-as-user-missing" {
		t.Errorf("an error in the middle of one long line is explained as %v", ids(a))
	}
}

func TestARefusalAmongOtherFailuresIsFound(t *testing.T) {
	t.Parallel()
	noise := strings.ReplaceAll(tellingLog(), "INFO token status", "ERROR failed with")
	if a := explain.Explain(inTheMiddle(noise, string(fixtures.MustRefusal("run-as-missing").Answer.Body())), explain.Context{}); a.Causes[0].ID != "run-as-user-missing" {
		t.Errorf("a refusal among other failures is explained as %v", ids(a))
	}
}

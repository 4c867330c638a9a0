package stage_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// zipped asks for a token and offers gzip, as most HTTP libraries do of themselves. The
// result is the first member of the answer; it fails the test if there is another one,
// because not every reader of gzip reads on (Ruby's Net::HTTP does not).
func zipped(t *testing.T, s *stage.Stage) []byte {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Base(evidence.Token, 0)+"/services/oauth2/token", strings.NewReader("grant_type=client_credentials"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Encoding", "gzip")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got := response.Header.Get("Content-Encoding"); got != "gzip" {
		t.Fatalf("the answer's encoding is %q", got)
	}
	wire := bufio.NewReader(response.Body)
	members, err := gzip.NewReader(wire)
	if err != nil {
		t.Fatal(err)
	}
	members.Multistream(false)
	body, err := io.ReadAll(members)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := wire.Peek(1); !errors.Is(err, io.EOF) {
		t.Errorf("something stands behind the first member, which holds %q", body)
	}
	return body
}

func TestACompressedAnswerIsOneMemberHoweverTheScenarioMakesIt(t *testing.T) {
	t.Parallel()
	refused := fault.Fault{Name: "refused", Kind: fault.Refusal, Refusal: "client-secret-wrong", First: 1}
	chunked := fault.Fault{Name: "zipped", Kind: fault.Encode, Encoding: fault.Gzip, First: 1}
	tests := []struct {
		name   string
		fault  *fault.Fault
		alters bool
	}{
		{"by the org", nil, false},
		{"a refusal", &refused, false},
		{"compressed by a fault", &chunked, false},
		{"altered", nil, true},
		{"a refusal that is altered", &refused, true},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := set(t, stage.Options{})
			s.BeginRun(1)
			if c.fault != nil {
				s.Arm(*c.fault)
			}
			if c.alters {
				s.Alter("adds", stage.When{Kind: evidence.TokenRequest}, func(a *stage.Answer) { a.Body = bytes.Replace(a.Body, []byte("{"), []byte(`{"added":true,`), 1) })
			}
			body := zipped(t, s)
			var got map[string]any
			if err := json.Unmarshal(body, &got); err != nil {
				t.Fatalf("%v: %q", err, body)
			}
			if (got["added"] == true) != c.alters {
				t.Errorf("altered %t, want %t: %s", !c.alters, c.alters, body)
			}
		})
	}
}

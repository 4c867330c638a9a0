package endpoint_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sfconform/sfconform/suites/endpoint"
)

func TestAnAnswerIsSummedUpInItsOwnWords(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"error":"invalid_grant","error_description":"ip restricted"}`: `400 invalid_grant "ip restricted"`,
		`{"error":"app_blocked"}`: `400 app_blocked`,
		`[{"message":"Session expired","errorCode":"INVALID_SESSION_ID"}]`:     `400 INVALID_SESSION_ID "Session expired"`,
		`{"exceptionCode":"InvalidSessionId","exceptionMessage":"Invalid id"}`: `400 InvalidSessionId "Invalid id"`,
		`{"access_token":"00Dsecret"}`:                                         `400 with an access token`,
		"Bad_OAuth_Token":                                                      `400 Bad_OAuth_Token`,
		"":                                                                     `400`,
		"<html>\n  <p>down</p>" + strings.Repeat(" x", 200):                    "400 <html> <p>down</p>" + strings.Repeat(" x", 70) + "...",
	} {
		got, _, _, _ := endpoint.Read(400, []byte(body), "")
		if strings.HasPrefix(body, "<html>") {
			got, want = got[:40], want[:40]
		}
		if got != want {
			t.Errorf("%.60q is summed up as %q, want %q", body, got, want)
		}
	}
}

func TestFieldsAndKeysAreReadAsTheyStand(t *testing.T) {
	t.Parallel()
	body := []byte(`{"z":1,"a":{"list":[{"name":"first"},{"name":7.50}]},"on":true,"none":null}`)
	for path, want := range map[string]string{
		"z": "1", "a.list.0.name": "first", "a.list.1.name": "7.50", "on": "true", "none": "null",
		"a.list.2.name": "", "a.list.-1": "", "z.deeper": "", "missing": "",
	} {
		if _, _, got, _ := endpoint.Read(200, body, path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if _, keys, _, _ := endpoint.Read(200, body, ""); !slices.Equal(keys, []string{"z", "a", "on", "none"}) {
		t.Errorf("the keys are %v", keys)
	}
}

func TestAStarStandsForAnyText(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		pattern, value string
		want           bool
	}{
		{"*", "", true},
		{"00D*!*", "00Dx!y", true},
		{"00D*!*", "00Dxy", false},
		{"a.c", "abc", false},
		{"*/id/*", "https://x/id/1/2\n", true},
		{"", "", true},
		{"exact", "exactly", false},
		{"(*", "(x", true},
	} {
		if got := endpoint.Glob(test.pattern, test.value); got != test.want {
			t.Errorf("%q matches %q: %v", test.pattern, test.value, got)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{
		`{"error":"x"}`, `[{"errorCode":1}]`, `{"a":{"b":[1,2]}}`, `{`, `{"a":`, `[`, "\xff", `{"access_token":"x","signature":5}`, `"text"`,
	} {
		f.Add(seed, "a.b.0")
	}
	f.Fuzz(func(t *testing.T, body, path string) {
		summary, _, _, _ := endpoint.Read(400, []byte(body), path)
		if !strings.HasPrefix(summary, "400") || !utf8.ValidString(summary) {
			t.Errorf("%q is summed up as %q", body, summary)
		}
	})
}

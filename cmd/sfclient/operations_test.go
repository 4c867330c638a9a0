package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestQueryPrintsAllPages(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.api = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Sforce-Limit-Info", "api-usage=95/100")
		if r.URL.Path == "/services/data/v66.0/query" {
			_, _ = io.WriteString(w, `{"totalSize":3,"done":false,"nextRecordsUrl":"/services/data/v66.0/query/01g-2",
				"records":[{"attributes":{"type":"Account"},"Id":"1","Name":"A\u001b[31m"},{"Id":"2","Owner":{"Name":"x"},"N":7,"E":null}]}`)
			return
		}
		_, _ = io.WriteString(w, `{"totalSize":3,"done":true,"records":[{"Id":"3"}]}`)
	}
	got := sfclient(t, o.secretEnv(), "query")
	got.want(t, exitOK, "95 of the org's 100", "sfclient: 3 records\n")
	if want := "1\tA [31m\n2\t{\"Name\":\"x\"}\t7\t\n3\n"; got.out != want {
		t.Errorf("stdout %q, want %q", got.out, want)
	}
	if q := o.calls[0].URL.Query().Get("q"); q != defaultQuery {
		t.Errorf("asked %q", q)
	}
	if size := o.calls[0].Header.Get("Sforce-Query-Options"); size != "batchSize="+defaultQueryBatch {
		t.Errorf("asked for pages of %q", size)
	}
	got = sfclient(t, with(o.secretEnv(), "CHECK_OPERATION", "query"), "--json")
	if got.code != exitOK || strings.Count(got.out, "\n") != 4 || !strings.HasSuffix(got.out, "CHECK {\"records\":3}\n") || !strings.Contains(got.err, "3 records") {
		t.Errorf("%+v", got)
	}
	sfclient(t, with(o.secretEnv(), "stdin", "SELECT Id FROM Contact\n"), "query", "-").want(t, exitOK)
	if q := o.calls[len(o.calls)-2].URL.Query().Get("q"); q != "SELECT Id FROM Contact" {
		t.Errorf("asked %q", q)
	}
}

func TestQueryThatBreaksOffSaysSo(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.api = func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/query") {
			_, _ = io.WriteString(w, `{"totalSize":2,"done":false,"nextRecordsUrl":"/services/data/v66.0/query/01g-2","records":[{"Id":"1"}]}`)
			return
		}
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, `[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]`)
	}
	sfclient(t, o.secretEnv(), "query", "--api-version", "66").want(t, exitFailed, "broke off after 1 of 2", "REQUEST_LIMIT_EXCEEDED", "daily API limit")
}

func TestWhoamiAsksTheInstance(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.api = func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+canaryToken {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_, _ = io.WriteString(w, `{"user_id":"005x","organization_id":"00Dx","preferred_username":"integration@example.test","name":"Integration"}`)
	}
	sfclient(t, o.keyEnv(), "whoami", "--verbose").want(t, exitOK, "integration@example.test", "00Dx", "api id", "GET "+o.instance.URL+"/services/oauth2/userinfo -> 200")
}

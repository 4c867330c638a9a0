package main

import (
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestLoginProvesTheTokenAndSaysWhoAndWhere(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.api = answerQuery
	for _, env := range []map[string]string{o.secretEnv(), o.keyEnv()} {
		sfclient(t, with(env, "CHECK_OPERATION", "login")).want(t, exitOK, o.instance.URL, "00D000000000001EAA", "api id", `CHECK {"calls":1}`)
	}
	sfclient(t, o.keyEnv(), "login").want(t, exitOK, "integration@example.test")
	o.api = endSession
	sfclient(t, o.secretEnv(), "login").want(t, exitFailed, "INVALID_SESSION_ID")
}

func TestLoginWithoutTheAPIScopeMakesNoCall(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.token = func(w http.ResponseWriter, _ int) { o.grant(w, "id") }
	sfclient(t, o.secretEnv(), "login").want(t, exitOK, "lack api")
	if _, calls := o.made(); calls != 0 {
		t.Errorf("%d calls", calls)
	}
}

func TestExpectedOrgIsAskedForWhereTheLoginDoesNotNameIt(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.token = func(w http.ResponseWriter, _ int) { fields("", "")(o, w, 0) }
	o.api = func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || strings.HasSuffix(r.URL.RawQuery, "Contact") {
			t.Errorf("%s %s although the org is another one", r.Method, r.URL)
		}
		_, _ = io.WriteString(w, `{"totalSize":1,"done":true,"records":[{"Id":"00D000000000001EAA"}]}`)
	}
	env := with(o.secretEnv(), "SF_ORG_ID", "00D000000000001")
	sfclient(t, env, "login").want(t, exitOK)
	env["SF_ORG_ID"] = "00D000000000002EAA"
	for _, operation := range []string{"login", "burst:2", "twice-with-pause", "write"} {
		sfclient(t, env, operation).want(t, exitFailed, "00D000000000001EAA", "00D000000000002", "sandbox and production")
	}
	sfclient(t, env, "query", "SELECT Id FROM Contact").want(t, exitFailed, "00D000000000001EAA", "fix: SF_LOGIN_URL and SF_ORG_ID")
}

func TestBurstSharesOneLogin(t *testing.T) {
	t.Parallel()
	for asked, n := range map[string]int{"burst": defaultBurst, "burst:7": 7} {
		o := newOrg(t)
		o.api = answerQuery
		sfclient(t, with(o.secretEnv(), "CHECK_OPERATION", asked)).want(t, exitOK, `"failed":0}`)
		sfclient(t, o.secretEnv(), asked).want(t, exitOK)
		if logins, calls := o.made(); logins != 2 || calls != 2*n {
			t.Errorf("%s: %d logins and %d calls in two runs", asked, logins, calls)
		}
	}
	o := newOrg(t)
	o.token = refuse("invalid_client", "heron-45")
	sfclient(t, o.secretEnv(), "burst", "30").want(t, exitFailed, "30 of 30 calls failed", "heron-45", "fix:")
	if logins, _ := o.made(); logins != 1 {
		t.Errorf("%d logins although the first was refused", logins)
	}
	sfclient(t, o.secretEnv(), "burst:0").want(t, exitUsage, "from 1 to 1000")
}

func TestWriteInsertsOnceAndUpserts(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.api = func(w http.ResponseWriter, r *http.Request) {
		if body, _ := io.ReadAll(r.Body); !strings.Contains(string(body), `"Name":"sfclient `) {
			t.Errorf("body %s", body)
		}
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"id":"001x","success":true,"errors":[],"created":true}`)
	}
	sfclient(t, with(o.secretEnv(), "CHECK_OPERATION", "write")).want(t, exitOK, "inserted Account 001x", `CHECK {"writes":2}`)
	var made []string
	for _, r := range o.calls {
		made = append(made, r.Method+" "+r.URL.Path)
	}
	const path = "/services/data/v66.0/sobjects/Account"
	if got := strings.Join(made, ", "); got != "POST "+path+", PATCH "+path+"/ExternalId__c/sfclient-reference" {
		t.Errorf("calls: %s", got)
	}
}

func TestInsertWithoutAnAnswerIsReportedAndNotRepeated(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.api = func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	sfclient(t, o.secretEnv(), "write").want(t, exitFailed, "may have been carried out", `named "sfclient `)
	if _, calls := o.made(); calls != 1 {
		t.Errorf("%d calls", calls)
	}
}

func TestPauseEndsAtALineAndTheSecondCallCopesWithAnEndedSession(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	n := 0
	o.api = func(w http.ResponseWriter, r *http.Request) {
		if n++; n == 2 {
			endSession(w, r)
			return
		}
		answerQuery(w, r)
	}
	env := with(o.secretEnv(), "SF_PAUSE", "1h", "stdin", "go on\n", "CHECK_OPERATION", "twice-with-pause")
	sfclient(t, env).want(t, exitOK, `CHECK {"pause":true}`+"\n"+`CHECK {"calls":2}`)
	if logins, calls := o.made(); logins != 2 || calls != 3 {
		t.Errorf("%d logins, %d calls", logins, calls)
	}
}

func TestPauseEndsByItself(t *testing.T) {
	t.Parallel()
	open, _ := io.Pipe() // nobody ever writes
	if err := waitForLine(t.Context(), open, time.Millisecond); err != nil {
		t.Error(err)
	}
}

func TestTwoOrgsKeepApart(t *testing.T) {
	t.Parallel()
	one, two := newOrg(t), newOrg(t)
	one.api, two.api = answerQuery, answerQuery
	second := map[string]string{"SF_LOGIN_URL_2": two.login.URL, "SF_CLIENT_ID_2": "3MVG9other", "SF_CLIENT_SECRET_2": "other-secret"}
	env := with(one.secretEnv(), "CHECK_OPERATION", "two-orgs")
	maps.Copy(env, second)
	sfclient(t, env).want(t, exitOK, `CHECK {"calls":6}`)
	if id, secret, _ := two.logins[0].BasicAuth(); id != "3MVG9other" || secret != "other-secret" || len(two.calls) != 3 || len(one.calls) != 3 {
		t.Errorf("second login as %q, calls %d and %d", id, len(one.calls), len(two.calls))
	}
	one.token = refuse("invalid_client", "heron-46")
	sfclient(t, env).want(t, exitFailed, "org 1 (", "heron-46", `CHECK {"calls":3}`, "1 of 2 orgs failed: org 1")
	one.token, two.token = two.token, refuse("invalid_client", "heron-47")
	sfclient(t, env).want(t, exitFailed, "org 2 (", "SF_CLIENT_SECRET_2 or SF_CLIENT_SECRET_FILE_2 does not belong to SF_CLIENT_ID_2")
}

func TestSecondOrgsSettingsAreNamedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	jwt := with(o.keyEnv(), "SF_LOGIN_URL_2", o.login.URL, "SF_CLIENT_ID_2", "id", "SF_USERNAME_2", "u@x.test", "SF_PRIVATE_KEY_FILE_2", keyFile)
	for lacking, words := range map[string]string{
		"SF_LOGIN_URL_2": "SF_LOGIN_URL_2 is missing", "SF_CLIENT_ID_2": "SF_CLIENT_ID_2 is missing", "SF_USERNAME_2": "SF_USERNAME_2 is missing",
		"SF_PRIVATE_KEY_FILE_2": "SF_CLIENT_SECRET_2 and SF_PRIVATE_KEY_FILE_2 are missing",
	} {
		sfclient(t, with(jwt, lacking, ""), "two-orgs").want(t, exitUsage, words)
	}
	sfclient(t, with(jwt, "SF_PRIVATE_KEY_FILE_2", "no-such-file"), "two-orgs").want(t, exitUsage, "SF_PRIVATE_KEY_FILE_2 cannot be read")
	if logins, _ := o.made(); logins != 0 {
		t.Errorf("%d logins", logins)
	}
	sfclient(t, jwt, "two-orgs").want(t, exitFailed, "org 1", "org 2") // the fake's API knows no query
}

func TestOperationsRefuseWhatTheyCannotRead(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	for name, test := range map[string][]string{
		"SF_PAUSE": {"twice-with-pause", "with a unit"}, "SF_INTERVAL": {"run-until-killed", "with a unit"}, "SF_BATCH_SIZE": {"query", "from 200 to 2000"},
	} {
		sfclient(t, with(o.secretEnv(), name, "7"), test[0]).want(t, exitUsage, name, test[1])
	}
}

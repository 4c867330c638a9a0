package judge

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

// failures are the judges of group H, error handling.
func failures() []Judge {
	refused, unusual := scenario.RefusedForGood(), []string{scenario.RefusedUnusually}
	return []Judge{
		{ID: "err-surface-both", In: unusual, Look: showsBoth, Output: true},
		{ID: "err-names-target", In: unusual, Look: namesTarget, Output: true},
		{ID: "err-exit-or-health", In: refused, Look: endsAsFailed, Process: true},
		{ID: "err-permanent-no-hammer", In: refused, Look: doesNotHammer},
		{ID: "err-fix-hint", In: refused, Look: namesFix, Output: true},
		{ID: "err-status-variants", In: []string{scenario.OtherStatuses}, Look: readsOtherStatuses, Output: true},
		{ID: "err-5xx-not-credentials", In: []string{scenario.Maintenance, scenario.TokenSilent, scenario.APISilent}, Look: blamesNoCredentials, Output: true},
		{ID: "err-html-body", In: []string{scenario.Maintenance}, Look: reportsPageShortly, Output: true},
		{ID: "err-empty-body", In: []string{scenario.NoBody}, Look: survivesEmptyBody, Output: true},
		{ID: "err-broken-json", In: []string{scenario.CutShort}, Look: survivesCutAnswer},
		{ID: "err-api-array-and-object", In: []string{scenario.APIShapes}, Look: readsEveryShape, Output: true, Calls: 1},
		{ID: "err-transient-backoff", In: []string{scenario.ShortOutage}, Look: backsOff},
		{ID: "err-unknown-error-400", In: []string{scenario.RetryYourRequest}, Look: retriesWhenAsked, Output: true},
		{ID: "err-retry-after", In: []string{scenario.SaysWhenToRetry}, Look: waitsAsTold},
		{ID: "err-login-rate-exceeded", In: []string{scenario.LoginRate}, Look: stopsAtLoginRate},
		{ID: "err-propagation-wait", In: []string{scenario.NewApp}, Look: waitsForNewApp, Output: true},
		{ID: "err-flapping", In: []string{scenario.Flapping}, Look: livesWithFlapping, Calls: 2},
		{ID: "err-timeouts-finite", In: []string{scenario.TokenSilent, scenario.APISilent}, Look: givesUpOnSilence},
		{ID: "err-slow-drip", In: []string{scenario.Drips}, Look: givesUpOnDrip},
		{ID: "err-connection-reset", In: []string{scenario.Resets}, Look: survivesReset},
		{ID: "err-connection-reset", In: []string{scenario.ResetsForGood}, Look: boundsRetries},
		{ID: "err-dns", In: []string{scenario.HostUnknown}, Look: namesUnknownHost, Output: true},
		{ID: "err-total-budget", In: []string{scenario.Maintenance}, Look: givesUpInTime},
		{ID: "err-write-not-repeated", In: []string{scenario.WriteWithheld}, Look: doesNotWriteTwice},
	}
}

// anyError is an error in the forms of the token endpoint (RFC 6749 section 5.2) and
// of the data APIs.
type anyError struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
	Code        string `json:"errorCode"`
	Message     string `json:"message"`
}

// errorOf is the code and the text of a refused answer; empty if it has none.
func errorOf(x evidence.Exchange) (code, text string) {
	var list []anyError
	if json.Unmarshal(x.Response.Body, &list) != nil || len(list) == 0 {
		list = make([]anyError, 1)
		if json.Unmarshal(x.Response.Body, &list[0]) != nil {
			code, text, found := strings.Cut(strings.TrimSpace(string(x.Response.Body)), ": ")
			if !found || strings.ContainsAny(code, "< {") {
				return "", ""
			}
			return code, text
		}
	}
	e := list[0]
	return e.Error + e.Code, e.Description + e.Message
}

// isRefused says that a login was refused, in whatever words.
func isRefused(x evidence.Exchange) bool {
	return isLogin(x) && x.Response.Status >= http.StatusBadRequest
}

// loginsIn are the token requests of a start.
func loginsIn(e *evidence.Evidence, r evidence.Run) []evidence.Exchange {
	return these(e.InRun(r.Number), isLogin)
}

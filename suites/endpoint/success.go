package endpoint

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
)

// absent is what Want.Fields says of a field that must not be there.
const absent = "-"

// judgeSuccess holds the answer to the wanted status and fields; false if it is no success at all.
func (a *attempt) judgeSuccess(where string, want fixtures.Want, got answer) bool {
	status := want.Status
	if status == 0 {
		status = http.StatusOK
	}
	a.out.expect(fmt.Sprintf("%d success", status), got.summary())
	if got.status != status {
		a.out.differ(where+"answer", fmt.Sprintf("%d success", status), got.summary())
		a.out.check = a.decision().Check
		a.out.lost = true
		return false
	}
	body := got.decoded()
	for _, name := range slices.Sorted(maps.Keys(want.Fields)) {
		pattern, err := a.pattern(want.Fields[name])
		if err != nil {
			a.out.harness(err)
			return false
		}
		value, ok := fieldOf(body, name)
		a.judgeText(where+name, pattern, value, ok)
	}
	a.judgeHeaders(where, want.Header, got)
	return true
}

// pattern is a wanted field with its ${...} replaced. What nobody knows of a live
// org before it answers stands for any text.
func (a *attempt) pattern(field string) (string, error) {
	vars := maps.Clone(a.vars)
	for name, known := range map[string]string{"orgID": a.creds.OrgID, "userID": a.creds.UserID, "username": a.creds.Username} {
		if known == "" && vars[name] == "" {
			vars[name] = "*"
		}
	}
	return request.Expand(field, a.creds, a.session.Now(), vars)
}

func shown(value string, ok bool) string {
	if !ok {
		return "(absent)"
	}
	return value
}

// glob matches a pattern in which * stands for any text.
func glob(pattern, value string) bool {
	parts := strings.Split(pattern, "*")
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	return regexp.MustCompile(`(?s)^` + strings.Join(parts, `.*`) + `$`).MatchString(value)
}

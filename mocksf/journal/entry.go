package journal

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sfconform/sfconform/fixtures"
)

const (
	// maxText is the length in bytes to which every text of an entry is cut.
	maxText = 256
	// maxName is the length in bytes above which a parameter's name is not shown.
	maxName = 40
	// maxParams is how many parameters of a request an entry shows.
	maxParams = 32
)

// Entry is one exchange. Add bounds and redacts every field that a client has a
// hand in, so all of them may be given as they came.
type Entry struct {
	// Number counts the org's exchanges from 1; Add sets it.
	Number uint64 `json:"number"`
	// Time is the org's time.
	Time   time.Time `json:"time"`
	Org    string    `json:"org,omitempty"`
	Host   string    `json:"host,omitempty"`
	Method string    `json:"method"`
	// Path is kept without a query; the query's parameters belong to Params.
	Path string `json:"path"`
	Node int    `json:"node"`
	// Grant is the grant that was asked for; empty away from the token endpoint.
	Grant fixtures.Grant `json:"grant,omitempty"`
	// App is the API name of the app.
	App string `json:"app,omitempty"`
	// ClientID is the beginning of the Consumer Key, as Shorten gives it.
	ClientID string             `json:"clientId,omitempty"`
	Username string             `json:"username,omitempty"`
	Status   int                `json:"status"`
	Refusal  fixtures.RefusalID `json:"refusal,omitempty"`
	// Check is the name of the check that decided.
	Check string `json:"check,omitempty"`
	// Error and Description are what the client was told.
	Error       string `json:"error,omitempty"`
	Description string `json:"errorDescription,omitempty"`
	// LoginStatus is the LOGIN_STATUS that the refusal leaves in the login history, if any.
	LoginStatus string `json:"loginStatus,omitempty"`
	// Params are the request's parameters, as Params gives them.
	Params []Param `json:"params,omitempty"`
	// Fault is the name of the fault that was in force.
	Fault string `json:"fault,omitempty"`
}

// Param is one parameter of a request, its value redacted.
type Param struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	// clean says that both have been redacted.
	clean bool
}

// sanitize bounds and redacts the entry. It also copies what came with a request,
// because a piece of a text keeps the whole text in memory.
func (e *Entry) sanitize() {
	e.Method = show(e.Method)
	e.Host = show(e.Host)
	e.Path = showPath(e.Path)
	e.Grant = fixtures.Grant(show(string(e.Grant)))
	e.ClientID = Shorten(e.ClientID)
	e.Username = show(e.Username)
	for _, own := range []*string{&e.Org, &e.App, &e.Check, &e.Error, &e.Description, &e.LoginStatus, &e.Fault} {
		*own = bound(*own, maxText)
	}
	e.Refusal = fixtures.RefusalID(bound(string(e.Refusal), maxText))
	e.Params = sanitizeParams(e.Params)
}

func sanitizeParams(params []Param) []Param {
	params = params[:min(len(params), maxParams+1)]
	if !slices.ContainsFunc(params, func(p Param) bool { return !p.clean }) {
		return params
	}
	params = slices.Clone(params)
	for i, p := range params {
		if !p.clean {
			params[i] = redactParam(p.Name, p.Value)
		}
	}
	return params
}

// bound cuts a text at a character's border and says so by an ellipsis.
func bound(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return strings.TrimSuffix(s[:limit], ellipsis) + ellipsis
}

const ellipsis = "…"

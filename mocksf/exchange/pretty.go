package exchange

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Pretty makes the routes honor `X-PrettyPrint: 1`, which asks for indented JSON
// (facts: section 9). The token endpoint does not know the header.
func Pretty(routes ...Route) []Route {
	wrapped := make([]Route, len(routes))
	for i, r := range routes {
		wrapped[i] = Route{r.Method, r.Pattern, pretty(r.Handler)}
	}
	return wrapped
}

func pretty(h Handler) Handler {
	return func(r *Request) Answer {
		a := h(r)
		if r.Header.Get("X-PrettyPrint") == "1" && strings.HasPrefix(a.ContentType, "application/json") {
			a.Body = indent(a.Body)
		}
		return a
	}
}

// indent returns what is no JSON as it is.
func indent(body []byte) []byte {
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		return body
	}
	return b.Bytes()
}

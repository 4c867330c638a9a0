package explain

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"sync"
)

// assertion is what the two readable parts of a JWT say.
type assertion struct {
	alg, aud, iss, sub string
	exp, iat           int64
	// scoped: the token has scp, so it is an access token of Salesforce and no assertion.
	scoped bool
}

// maxAssertions is how many JWTs of one text are read.
const maxAssertions = 8

var compactJWT = sync.OnceValue(func() *shape {
	return shapeOf(`\beyJ[\w-]{8,}=*\.eyJ[\w-]{8,}`)
})

// readAssertions decodes the JWTs of a text. None of it is verified: it only tells
// what the client put in.
func readAssertions(text string) []assertion {
	if !strings.Contains(text, "eyJ") {
		return nil
	}
	var found []assertion
	for _, match := range compactJWT().FindAllString(text, maxAssertions) {
		head, body, _ := strings.Cut(match, ".")
		var header, claims map[string]any
		if !decodePart(head, &header) || !decodePart(body, &claims) {
			continue
		}
		_, scoped := claims["scp"]
		found = append(found, assertion{
			alg: str(header["alg"]), aud: str(claims["aud"]), iss: str(claims["iss"]), sub: str(claims["sub"]),
			exp: seconds(claims["exp"]), iat: seconds(claims["iat"]), scoped: scoped,
		})
	}
	return found
}

func decodePart(part string, into *map[string]any) bool {
	data, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(part, "="))
	return err == nil && json.Unmarshal(data, into) == nil
}

// str is a claim as text; of an array the first one counts.
func str(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		if len(v) > 0 {
			return str(v[0])
		}
	}
	return ""
}

// seconds is a time claim: clients send numbers and numeric strings.
func seconds(v any) int64 {
	switch v := v.(type) {
	case float64:
		return int64(v)
	case string:
		n, _ := strconv.ParseInt(v, 10, 64) // a claim that is no number counts as none
		return n
	}
	return 0
}

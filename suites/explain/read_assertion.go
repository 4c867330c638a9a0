package explain

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// halfHour is the step of time zones.
const halfHour = 30 * 60

// skewMatters is how far off a clock must be to be named, in seconds.
const skewMatters = 180

var claimValue = sync.OnceValue(func() *shape {
	return shapeOf(`["']?\b(exp|iat|now|issued_at|server_time)\b["']?\s*(?:=>|[:=])\s*["']?(1[5-9]\d{8}|2\d{9})(?:\D|$)`)
})

var dateHeader = sync.OnceValue(func() *shape {
	return shapeOf(`(?i)\bdate["']?\s*[:=]\s*["']?((?:mon|tue|wed|thu|fri|sat|sun),? \d{1,2} [a-z]{3} \d{4} \d\d:\d\d:\d\d gmt)`)
})

// readAssertionClaims looks into the JWTs of the text and at the times it names.
func (f *facts) readAssertionClaims() {
	exp, iat := f.times()
	for _, a := range f.p.assertions {
		if a.scoped {
			f.tell("token:jwt-format", "the text holds an access token in JWT format")
			continue
		}
		f.tell("grant:jwt", "the text holds an assertion")
		if a.alg != "" && a.alg != "RS256" {
			f.tell("alg:other", "the assertion is signed with "+oneLine(redact(a.alg)))
		}
		f.tellAudience(a.aud)
		if strings.Count(a.sub, ".") > 1 && sandboxName.MatchString(a.sub) {
			f.tell("user:sandbox", "sub has a sandbox's suffix")
		}
		if a.exp == 0 {
			f.tell("exp:missing", "the assertion has no exp")
		} else if exp == 0 {
			exp, iat = a.exp, max(iat, a.iat)
		}
	}
	f.compareTimes(exp, iat)
}

var sandboxName = shapeOf(`@[\w.-]+\.(?:com|org|net|io|de|co\.uk)\.\w+$`)

// tellAudience sorts the aud claim by the form of its host.
func (f *facts) tellAudience(aud string) {
	if aud == "" {
		f.tell("aud:missing", "the assertion has no aud")
		return
	}
	host := strings.ToLower(aud)
	if u, err := url.Parse(host); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	if kind := kindOfHost(host); kind != "" {
		f.tell("aud:"+signal(strings.TrimPrefix(string(kind), "host:")), "aud of the assertion is "+oneLine(host))
		return
	}
	f.tell("aud:foreign", "aud of the assertion is no host of Salesforce")
}

// times are exp and the time to compare it with, as far as the text has them.
func (f *facts) times() (exp, now int64) {
	for _, m := range claimValue().FindAllStringSubmatch(f.p.lower, 16) {
		value, err := strconv.ParseInt(m[2], 10, 64)
		switch {
		case err != nil:
		case m[1] == "exp" && exp == 0:
			exp = value
		case m[1] != "exp":
			now = max(now, value)
		}
	}
	if m := dateHeader().FindStringSubmatch(f.p.text); m != nil {
		if t, err := time.Parse(http.TimeFormat, strings.ReplaceAll(m[1], "  ", " ")); err == nil {
			f.tell("date", "the response is of "+t.UTC().Format(time.RFC3339))
			return exp, t.Unix()
		}
	}
	return exp, now
}

// compareTimes says how exp lies to the time of the response or of signing.
func (f *facts) compareTimes(exp, now int64) {
	if exp == 0 || now == 0 {
		return
	}
	off := exp - now
	hours := (off + sign(off)*5*60) / halfHour * halfHour
	switch {
	case abs(off) > 2*skewMatters && hours != 0 && abs(off-hours) <= 6*60 && abs(off) < 15*3600:
		f.tell("exp:off-by-hours", "exp is "+(time.Duration(off)*time.Second).String()+" from the time of the request: whole or half hours")
		if off < 0 {
			f.tell("exp:past", "exp lies before the time of the request")
		}
	case off < 0:
		f.tell("exp:past", "exp lies "+(time.Duration(-off)*time.Second).String()+" before the time of the request")
	}
}

func sign(n int64) int64 {
	if n < 0 {
		return -1
	}
	return 1
}

func abs(n int64) int64 { return n * sign(n) }

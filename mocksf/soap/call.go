package soap

import (
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/rule"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// call is one request to the API, as far as it is known.
type call struct {
	service *service
	request *exchange.Request
	api     fixtures.SOAPAPI
	// malformed says that the body is no envelope; envelope is empty then.
	malformed bool
	envelope  envelope
	// operation is nil where the endpoint has none of that name.
	operation *operation
	token     string
	session   session.Session
	state     session.State
	// user and app are nil unless the session is live.
	user *snapshot.User
	app  *snapshot.App
	// used is how many requests the org has made in the day so far.
	used int
}

// newCall reads a request; it refuses nothing.
func (s *service) newCall(r *exchange.Request, api fixtures.SOAPAPI) *call {
	c := &call{service: s, request: r, api: api, state: session.Unknown, used: s.counted.Used(r.Now)}
	e, err := parseEnvelope(r.Body)
	if err != nil || r.TooLarge {
		c.malformed = true
		return c
	}
	c.envelope, c.operation = e, s.find(api, r.Value("version"), e.operation.name)
	c.token = e.header.child("SessionHeader").value("sessionId")
	// A host of another org's kind knows no session of this one.
	if c.token != "" && r.Host.Role != exchange.Elsewhere {
		c.session, c.state = s.sessions.Open(r.Org, c.token, r.Now)
	}
	if c.state == session.Live {
		c.user, c.app = r.Org.UserByID(c.session.UserID), session.AppOf(r.Org, c.session)
	}
	return c
}

// argument is the text of the operation's parameter.
func (c *call) argument(name string) string { return c.envelope.operation.value(name) }

// arguments are the texts of a parameter that may repeat.
func (c *call) arguments(name string) []string { return c.envelope.operation.values(name) }

// The versions that the fake serves, as its data API does (facts: client habits, paths).
const (
	oldestVersion = 31
	latestVersion = 67
)

// versionNumber is 55 for "55.0"; 0 for a version that the fake does not serve.
func versionNumber(s string) int {
	whole, ok := strings.CutSuffix(s, ".0")
	n, err := strconv.Atoi(whole)
	if !ok || err != nil || n < oldestVersion || n > latestVersion || strconv.Itoa(n) != whole {
		return 0
	}
	return n
}

// refuse is the fault of the rule that does not hold, in the API's own namespace.
func (c *call) refuse(failed *rule.Bound[*call]) exchange.Answer {
	answer := c.fault(failed.Answer, c.names()...)
	answer.Note.Check = failed.Name
	return answer
}

// fault is a refusal as the API sends it, with the blanks of its text filled in.
func (c *call) fault(r *fixtures.Refusal, values ...string) exchange.Answer {
	filled := *r
	filled.Answer = r.Answer.ForAPI(c.api).With(values...)
	return exchange.Refuse(&filled)
}

// names are what the texts of faults say of the request.
func (c *call) names() []string {
	if c.malformed {
		return nil
	}
	name := c.envelope.operation.name
	values := []string{"namespace", name.Space, "operation", name.Local}
	if unknown := c.unknownArgument(); unknown != nil {
		values = []string{"namespace", unknown.name.Space, "element", unknown.name.Local}
	}
	return values
}

// unknownArgument is the first child of the operation that it has no parameter for;
// nil if there is none.
func (c *call) unknownArgument() *element {
	if c.operation == nil {
		return nil
	}
	for _, arg := range c.envelope.operation.children {
		if arg.name.Space != namespaces[c.api] || !c.operation.takes(arg.name.Local) {
			return arg
		}
	}
	return nil
}

// noted is the answer with what the journal wants to know of the caller.
func (c *call) noted(answer exchange.Answer) exchange.Answer {
	if c.user != nil {
		answer.Note.Username = c.user.Username
	}
	if c.app != nil {
		answer.Note.App, answer.Note.ClientID = c.app.Name, c.app.ConsumerKey
	}
	return answer
}

package credentials

import (
	"net/http"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

// validity is how long a staged pair, or one that was rotated out, works (facts: section 8).
const validity = 30 * 24 * time.Hour

// wireTime is how the API writes a moment.
const wireTime = "2006-01-02T15:04:05.000Z"

// stagedPair is a pair as the API shows it (Connect REST API guide, App OAuth Staged Credentials).
type stagedPair struct {
	CreatedBy   string `json:"createdBy"`
	CreatedDate string `json:"createdDate"`
	Expires     string `json:"expirationDate"`
	ID          string `json:"id"`
	Key         string `json:"key"`
	Secret      string `json:"secret"`
	StagedURL   string `json:"stagedCredentialsUrl"`
	State       string `json:"state"`
	URL         string `json:"url"`
}

// states are the words of the API for the states of a pair.
var states = map[fixtures.StagedState]string{
	fixtures.StagedActive: "Active", fixtures.StagedRotated: "Rotated", fixtures.StagedExpired: "Expired",
}

func (q *question) describe(x *fixtures.Staged) stagedPair {
	id := pairID(x.ConsumerKey)
	return stagedPair{
		CreatedBy: x.CreatedBy, CreatedDate: wire(x.Created), Expires: wire(x.Expires), ID: id,
		Key: x.ConsumerKey, Secret: x.ConsumerSecret, StagedURL: q.url() + "/staged", State: states[x.State], URL: q.url() + "/staged/" + id,
	}
}

func wire(m fixtures.Moment) string {
	if m.IsZero() {
		return ""
	}
	return m.UTC().Format(wireTime)
}

// collection is the list of staged pairs, which has one at most.
type collection struct {
	Staged []stagedPair `json:"stagedCredentials"`
	URL    string       `json:"url"`
}

func (q *question) collect(x *fixtures.Staged) collection {
	list := collection{Staged: []stagedPair{}, URL: q.url() + "/staged"}
	if x != nil {
		list.Staged = append(list.Staged, q.describe(x))
	}
	return list
}

func (s *service) list(q *question) exchange.Answer { return exchange.JSON(q.collect(q.current())) }

func (s *service) show(q *question) exchange.Answer {
	if x := q.staged(); x != nil {
		return exchange.JSON(q.describe(x))
	}
	return exchange.Refuse(&s.notFound)
}

// asCollection is the reading under which staging answers with the list.
var asCollection = fixtures.Reading{Switch: "staged-credentials-answer", Option: "collection"}

// stage makes a second pair. It takes the place of one that was rotated out; one that
// still waits for its rotation is in the way (facts: section 8).
func (s *service) stage(q *question) exchange.Answer {
	if x := q.current(); x != nil && x.State == fixtures.StagedActive {
		return exchange.Refuse(&s.exists)
	}
	now := q.request.Now
	key, secret := nextPair(q.app, now.Format(time.RFC3339Nano))
	x := fixtures.Staged{
		ConsumerKey: key, ConsumerSecret: secret, State: fixtures.StagedActive, CreatedBy: q.user.Username,
		Created: moment(now), Expires: moment(now.Add(validity)),
	}
	if err := s.change(fixtures.Set(q.path("staged"), x)); err != nil {
		return exchange.Refuse(&s.notFound)
	}
	if q.request.Org.Answers(asCollection) {
		return exchange.JSONStatus(http.StatusCreated, q.collect(&x))
	}
	return exchange.JSONStatus(http.StatusCreated, q.describe(&x))
}

func moment(t time.Time) fixtures.Moment { return fixtures.Moment{Time: t.UTC().Truncate(time.Second)} }

// path leads to a field of the app.
func (q *question) path(field string) string { return "apps/" + q.app.Name + "/" + field }

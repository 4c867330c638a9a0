package credentials

import (
	"encoding/json"
	"net/http"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

// rotate puts the staged pair in the place of the app's own, which works on as the
// staged one. It is the only command.
func (s *service) rotate(q *question) exchange.Answer {
	x := q.staged()
	if x == nil {
		return exchange.Refuse(&s.notFound)
	}
	var body struct {
		Command string `json:"command"`
	}
	if err := json.Unmarshal(q.request.Body, &body); err != nil || body.Command != "rotate" || x.State != fixtures.StagedActive {
		return exchange.Refuse(&s.noCommand)
	}
	now := q.request.Now
	old := fixtures.Staged{
		ConsumerKey: q.app.ConsumerKey, ConsumerSecret: q.app.ConsumerSecret, State: fixtures.StagedRotated,
		CreatedBy: q.user.Username, Created: moment(now), Expires: moment(now.Add(validity)),
	}
	err := s.change(
		fixtures.Set(q.path("staged"), old),
		fixtures.Set(q.path("consumerKey"), x.ConsumerKey), fixtures.Set(q.path("consumerSecret"), x.ConsumerSecret),
	)
	if err != nil {
		return exchange.Refuse(&s.notFound)
	}
	return exchange.JSON(q.describe(&old))
}

// remove ends a staged pair, or one that was rotated out, at once.
func (s *service) remove(q *question) exchange.Answer {
	if q.staged() == nil || s.change(fixtures.Remove(q.path("staged"))) != nil {
		return exchange.Refuse(&s.notFound)
	}
	return exchange.Answer{Status: http.StatusNoContent}
}

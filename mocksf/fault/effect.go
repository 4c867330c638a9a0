package fault

import (
	"context"
	"maps"
	"net/http"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

// Effect is what a fault does to one answer. Its fields are independent of each other.
type Effect struct {
	// Delay is how long to wait before anything is sent.
	Delay time.Duration
	// Answer stands in for the org's own, which is not asked; nil means the org answers.
	Answer *exchange.Answer
	// ContentType stands in for the answer's; empty leaves it.
	ContentType string
	// Truncate says to announce the whole body, send half of it and close the connection.
	Truncate bool
	// Reset says to close the connection without an answer; the org is not asked.
	Reset bool
}

// kinds says of each kind which fields it needs and which it takes besides, and what it does.
var kinds = []struct {
	kind         Kind
	needs, takes []string
	effect       func(Fault) Effect
}{
	{Refusal, []string{"refusal"}, []string{"retryAfter"}, func(f Fault) Effect { return answered(f, refusal(f.Refusal)) }},
	{Status, []string{"status"}, []string{"retryAfter"}, func(f Fault) Effect { return answered(f, exchange.Answer{Status: f.Status}) }},
	{Maintenance, nil, []string{"retryAfter"}, func(f Fault) Effect { return answered(f, refusal(maintenancePage)) }},
	{HTML, nil, nil, func(f Fault) Effect { return answered(f, page()) }},
	{Truncate, nil, nil, func(Fault) Effect { return Effect{Truncate: true} }},
	{Reset, nil, nil, func(Fault) Effect { return Effect{Reset: true} }},
	{Slow, []string{"delay"}, nil, func(Fault) Effect { return Effect{} }},
	{ContentType, nil, []string{"contentType"}, func(f Fault) Effect { return Effect{ContentType: wrongType(f)} }},
}

// Effect is what the fault does. The fault must have passed Check.
func (f Fault) Effect() Effect {
	for _, k := range kinds {
		if k.kind == f.Kind {
			e := k.effect(f)
			e.Delay = time.Duration(f.Delay)
			return e
		}
	}
	return Effect{}
}

// maintenancePage is the refusal that is a page, for want of JSON.
const maintenancePage fixtures.RefusalID = "maintenance"

func refusal(id fixtures.RefusalID) exchange.Answer {
	r := fixtures.MustRefusal(id)
	return exchange.Refuse(&r)
}

// page is a page where JSON is expected; it is no refusal, because it says 200.
func page() exchange.Answer {
	a := refusal(maintenancePage)
	a.Status, a.Note = http.StatusOK, exchange.Note{}
	return a
}

func answered(f Fault, a exchange.Answer) Effect {
	if f.RetryAfter != "" {
		header := map[string]string{"Retry-After": f.RetryAfter}
		maps.Copy(header, a.Header)
		a.Header = header
	}
	return Effect{Answer: &a}
}

func wrongType(f Fault) string {
	if f.ContentType != "" {
		return f.ContentType
	}
	return "text/plain;charset=UTF-8"
}

// Of is the answer under the effect: the fault's, or the org's own, which is asked
// only if it is needed.
func (e Effect) Of(own func() exchange.Answer) exchange.Answer {
	var a exchange.Answer
	switch {
	case e.Answer != nil:
		a = *e.Answer
	case !e.Reset:
		a = own()
	}
	if e.ContentType != "" {
		a.ContentType = e.ContentType
	}
	return a
}

// Sleep waits for a duration or for the end of the context, whose error it returns.
type Sleep func(ctx context.Context, d time.Duration) error

// Wait holds an answer back as the effect says; a nil sleep means the real time.
func (e Effect) Wait(ctx context.Context, sleep Sleep) error {
	if e.Delay <= 0 {
		return nil
	}
	if sleep == nil {
		sleep = realSleep
	}
	return sleep(ctx, e.Delay)
}

func realSleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d) //nolint:forbidigo // the one seam: a nil Sleep means the real time
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

package explain

import (
	"fmt"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
)

const (
	// fitsConfig is how strongly a fault of the configuration speaks for a cause that the text allows.
	fitsConfig = 0.85
	// onlyConfig is the same where the text names no cause at all.
	onlyConfig = 0.5
	// deniedByConfig is how much a configuration that is in order takes from a cause.
	deniedByConfig = -0.6
)

// orgClaims compares the causes that the text allows with the org's configuration:
// what is wrong there speaks for them, what is in order against them.
func orgClaims(claims []claim, ctx Context) []claim {
	if ctx.Org == nil {
		return nil
	}
	app, name, known := appOf(*ctx.Org, ctx.ClientID)
	var list []claim
	if ctx.ClientID != "" && !known {
		list = append(list, claim{cause: "consumer-key-unknown-or-not-propagated", weight: onlyConfig, evidence: "org: no app has the Consumer Key that was given"})
	}
	for _, c := range orgChecks {
		if c.ofApp && !known {
			continue
		}
		fault := c.fault(*ctx.Org, app, ctx.LoginURL)
		if fault != "" {
			fault = place(c, name) + fault
		}
		list = append(list, c.judge(fault, claims)...)
	}
	return list
}

// judge is what the check says of its cause.
func (c orgCheck) judge(fault string, claims []claim) []claim {
	speaks := slices.ContainsFunc(claims, func(l claim) bool { return l.weight > 0 })
	allowed := slices.ContainsFunc(claims, func(l claim) bool { return l.cause == c.cause && l.weight > 0 })
	switch {
	case fault != "" && allowed:
		return []claim{{cause: c.cause, weight: fitsConfig, evidence: fault}}
	case fault != "" && !speaks:
		return []claim{{cause: c.cause, weight: onlyConfig, evidence: fault}}
	case fault == "" && allowed && c.settles:
		return []claim{{cause: c.cause, weight: deniedByConfig}}
	}
	return nil
}

func place(c orgCheck, app string) string {
	if c.ofApp {
		return fmt.Sprintf("org: app %s: ", app)
	}
	return "org: "
}

// appOf is the app with the Consumer Key, or without one the only app of the org.
func appOf(org fixtures.Org, key string) (fixtures.App, string, bool) {
	for name, app := range org.Apps {
		if key == "" && len(org.Apps) == 1 || key != "" && (app.ConsumerKey == key || app.Staged != nil && app.Staged.ConsumerKey == key) {
			return app, name, true
		}
	}
	return fixtures.App{}, "", false
}

// decisionClaims are what a running fake decided: nothing has to be guessed then.
// The newest refusal whose words stand in the text counts, or else the newest.
func decisionClaims(f *facts, claims []claim, ctx Context) []claim {
	if len(ctx.Decisions) == 0 {
		return nil
	}
	decided := ctx.Decisions[len(ctx.Decisions)-1]
	for _, d := range ctx.Decisions {
		if f.has(wireSignal(d.Refusal)) {
			decided = d
		}
	}
	r, err := fixtures.RefusalByID(decided.Refusal)
	if err != nil {
		return nil
	}
	f.tell(wireSignal(r.ID), fmt.Sprintf("journal: the check %s refused with %s (%s)", decided.Check, r.ID, decided.Host))
	list := []claim{{cause: r.Causes[0], weight: certain, from: wireSignal(r.ID)}}
	for _, c := range claims {
		if c.cause != r.Causes[0] && c.weight > 0 && !slices.ContainsFunc(list, func(l claim) bool { return l.cause == c.cause }) {
			list = append(list, claim{cause: c.cause, weight: -0.8})
		}
	}
	return list
}

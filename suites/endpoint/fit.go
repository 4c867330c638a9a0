package endpoint

import (
	"fmt"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
)

// obstacle is one reason why a case cannot run on a target.
type obstacle struct {
	reason  string
	applies func(fixtures.Case, Capabilities) bool
}

// obstacles are asked in turn; the first that applies is the reason of the skip.
var obstacles = []obstacle{
	{"needs a change of the org", func(c fixtures.Case, t Capabilities) bool { return !t.ChangeOrg && changesOrg(c) }},
	{"needs another set-up than the target's", func(c fixtures.Case, t Capabilities) bool { return !t.AllSetups && elsewhere(c, t) }},
	{"needs the clock moved", func(c fixtures.Case, t Capabilities) bool { return !t.MoveClock && movesClock(c) }},
	{"needs the target to answer under other host names", func(c fixtures.Case, t Capabilities) bool {
		return !t.GenericHosts && len(otherHosts(c)) > 0
	}},
	{"needs requests to carry a Salesforce host name", func(c fixtures.Case, t Capabilities) bool {
		return !t.RealHost && c.Want.Refusal == "app-not-found-for-generic-audience"
	}},
	{"needs a second org beside the target's", func(c fixtures.Case, t Capabilities) bool {
		return !t.AllSetups && !t.Live && slices.Contains(otherHosts(c), "other-org")
	}},
	{"not on a live org: would send the credentials to a host outside the org", func(c fixtures.Case, t Capabilities) bool {
		return t.Live && slices.ContainsFunc(otherHosts(c), func(h string) bool { return h != "login" && h != "test" })
	}},
	{"not on a live org: a failed password login counts towards locking the user out", func(c fixtures.Case, t Capabilities) bool {
		return t.Live && c.Flow == fixtures.UsernamePassword
	}},
}

// unfit says why the case cannot run on a target with the capabilities; empty if it can.
func unfit(c fixtures.Case, t Capabilities) string {
	for _, o := range obstacles {
		if o.applies(c, t) {
			return o.reason
		}
	}
	if t.Live && c.LiveUnsafe != "" {
		return "not on a live org: " + c.LiveUnsafe
	}
	return ""
}

// elsewhere: the case is set in another org, or uses another app of an org of
// which only the one app's credentials are known.
func elsewhere(c fixtures.Case, t Capabilities) bool {
	first := fixtures.Setups[0]
	setup, err := fixtures.SetupByID(c.Setup)
	if err != nil || setup.ID == first.ID {
		return false
	}
	return setup.OrgFile != first.OrgFile || !t.ChangeOrg
}

func changesOrg(c fixtures.Case) bool {
	return c.Alters || len(c.Org) > 0 || slices.ContainsFunc(c.Then, func(s fixtures.Step) bool { return len(s.Change) > 0 })
}

func movesClock(c fixtures.Case) bool {
	return slices.ContainsFunc(c.Then, func(s fixtures.Step) bool { return s.Advance != 0 })
}

// otherHosts are the names of the hosts that the case's requests go to, beside My Domain.
func otherHosts(c fixtures.Case) []string {
	var hosts []string
	for _, edits := range tokenRequests(c) {
		for _, e := range edits {
			if e.Op == fixtures.OpHost {
				hosts = append(hosts, fmt.Sprint(e.Value))
			}
		}
	}
	return hosts
}

func tokenRequests(c fixtures.Case) [][]fixtures.Edit {
	all := [][]fixtures.Edit{c.Request}
	for _, s := range c.Then {
		if s.Token != nil {
			all = append(all, s.Token.Request)
		}
	}
	return all
}

// lacking says which credential of the flow the target does not give; empty if none.
func lacking(flow fixtures.Flow, c request.Credentials) string {
	switch {
	case c.ClientID == "":
		return "the target gives no Consumer Key"
	case flow == fixtures.JWTBearer && (c.PrivateKeyPEM == "" || c.Username == ""):
		return "the target gives no private key or no username"
	case flow != fixtures.JWTBearer && c.ClientSecret == "":
		return "the target gives no Consumer Secret"
	}
	return ""
}

// plainCalls is how many requests the case makes over plain HTTP.
func plainCalls(c fixtures.Case) int {
	calls := 1
	for _, s := range c.Then {
		switch {
		case s.Token != nil:
			calls += max(1, s.Token.Times)
		case s.Call != nil:
			calls++
		}
	}
	return calls
}

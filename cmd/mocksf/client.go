package main

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/reach"
)

// clientSetting is a departure of a request that is a setting of a client.
type clientSetting struct {
	op   fixtures.Op
	name string
	set  func(c *request.Credentials, value string)
}

var clientSettings = []clientSetting{
	{fixtures.OpParam, "client_id", func(c *request.Credentials, v string) { c.ClientID = v }},
	{fixtures.OpClaim, "iss", func(c *request.Credentials, v string) { c.ClientID = v }},
	{fixtures.OpParam, "client_secret", func(c *request.Credentials, v string) { c.ClientSecret = v }},
	{fixtures.OpParam, "username", func(c *request.Credentials, v string) { c.Username = v }},
	{fixtures.OpClaim, "sub", func(c *request.Credentials, v string) { c.Username = v }},
	{fixtures.OpClaim, "aud", func(c *request.Credentials, v string) { c.Audience = v }},
}

// edited are the credentials with the departures of a case's request, as far as
// they are settings of a client: a wrong secret becomes a wrong SF_CLIENT_SECRET.
func edited(c request.Credentials, edits []fixtures.Edit, now time.Time) (request.Credentials, error) {
	for _, e := range edits {
		text, isText := e.Value.(string)
		if !isText {
			continue
		}
		if e.Op == fixtures.OpSign {
			if key, err := fixtures.TestKey(text); err == nil {
				c.PrivateKeyPEM = key
			}
			continue
		}
		for _, s := range clientSettings {
			if s.op != e.Op || s.name != e.Name {
				continue
			}
			value, err := request.Expand(text, c, now, nil)
			if err != nil {
				return c, err
			}
			s.set(&c, value)
		}
	}
	return c, nil
}

// clientOf is what the client has been told: by the case that is played, or by
// the org about its app. The addresses are the org's real ones.
func clientOf(server *mocksf.Server, st state) (request.Credentials, error) {
	if st.client != nil {
		return *st.client, nil
	}
	from, err := server.Org().Credentials(st.app)
	if err != nil {
		return request.Credentials{}, err
	}
	config := server.Org().Config()
	return request.Credentials{
		ClientID: from.ClientID, ClientSecret: from.ClientSecret, Username: from.Username,
		PrivateKeyPEM: from.PrivateKey, LoginURL: from.MyDomainURL, GenericURL: "https://" + config.GenericHost(),
		OrgID: config.OrgID(), UserID: config.UserID(from.Username),
	}, nil
}

// reached are the credentials of a client that asks the address in place of the org's real one.
func reached(c request.Credentials, address string) request.Credentials {
	c.LoginURL = address
	return c
}

// curlLine is a request that shows the state of the fake. With a proxy it is meant
// for the org's real name, and so is a case's, whose Host header carries it; any
// other one for the server's address. Assertions are good for a day where the org
// allows it.
func curlLine(server *mocksf.Server, st state, way reach.Reach, told request.Credentials) (string, error) {
	edits := append(longLife(st), st.edits...)
	if st.play == nil && way.ProxyURL == "" {
		told = reached(told, server.URL())
	}
	wire, err := request.Build(st.flow, told, edits, server.Org().Now(), nil)
	if err != nil {
		return "", err
	}
	if way.ProxyURL != "" {
		return throughProxy(way, wire.Curl()), nil
	}
	if st.play != nil {
		if wire, err = wire.Via(server.URL()); err != nil {
			return "", err
		}
	}
	return wire.Curl(), nil
}

func longLife(st state) []fixtures.Edit {
	const bound = "exp-upper-bound"
	sw, err := fixtures.SwitchByID(bound)
	if err != nil || st.flow != fixtures.JWTBearer || st.org.Behaviour.Option(sw) != "unlimited" {
		return nil
	}
	return []fixtures.Edit{fixtures.Claim("exp", "${now+24h}")}
}

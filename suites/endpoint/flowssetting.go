package endpoint

import (
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/flows"
)

// setting is a configuration of flows: one flow, or the other.
type setting struct {
	clientCredentials flows.ClientCredentials
	jwtBearer         flows.JWTBearer
}

func (s setting) flow(f fixtures.Flow) flows.Flow {
	if f == fixtures.JWTBearer {
		return s.jwtBearer
	}
	return s.clientCredentials
}

// errNotExpressible: flows has no setting for the edit.
var errNotExpressible = errors.New("package flows cannot be told to send this")

// settingOf is the configuration with which flows sends the case's request.
func settingOf(c fixtures.Case, creds request.Credentials, now time.Time) (setting, error) {
	s, err := rightSetting(c.Flow, creds)
	if err != nil {
		return setting{}, err
	}
	table, known := settingEdits[c.Flow]
	if !known {
		return setting{}, errNotExpressible
	}
	for _, e := range c.Request {
		value, isText := e.Value.(string)
		change, ok := table[settingEdit{e.Op, e.Name}]
		if !ok || !isText {
			return setting{}, fmt.Errorf("%w: %s %s", errNotExpressible, e.Op, e.Name)
		}
		plain, err := request.Expand(value, creds, now, nil)
		if err != nil {
			return setting{}, err
		}
		if err := change(&s, plain); err != nil {
			return setting{}, err
		}
	}
	return s, nil
}

func rightSetting(flow fixtures.Flow, c request.Credentials) (setting, error) {
	s := setting{
		clientCredentials: flows.ClientCredentials{
			LoginURL: c.LoginURL, ClientID: c.ClientID, ClientSecret: c.ClientSecret,
			AuthStyle: flows.AuthBody, VerifySignature: true, ExpectedOrgID: c.OrgID, AllowLoopbackHTTP: true,
		},
		jwtBearer: flows.JWTBearer{
			LoginURL: c.LoginURL, ClientID: c.ClientID, Username: c.Username, Audience: c.RightAudience(),
			OmitJTI: true, ExpectedOrgID: c.OrgID, AllowLoopbackHTTP: true,
		},
	}
	if flow != fixtures.JWTBearer {
		return s, nil
	}
	key, err := flows.ParsePrivateKey([]byte(c.PrivateKeyPEM))
	s.jwtBearer.PrivateKey = key
	return s, err
}

// settingEdit is an edit that has a setting of flows.
type settingEdit struct {
	op   fixtures.Op
	name string
}

// settingEdits say which setting of flows makes which edit.
var settingEdits = map[fixtures.Flow]map[settingEdit]func(*setting, string) error{
	fixtures.ClientCredentials: {
		{fixtures.OpParam, "client_id"}:     func(s *setting, v string) error { s.clientCredentials.ClientID = v; return nil },
		{fixtures.OpParam, "client_secret"}: func(s *setting, v string) error { s.clientCredentials.ClientSecret = v; return nil },
		{fixtures.OpAuth, ""}:               authStyle,
	},
	fixtures.JWTBearer: {
		{fixtures.OpClaim, "iss"}: func(s *setting, v string) error { s.jwtBearer.ClientID = v; return nil },
		{fixtures.OpClaim, "sub"}: func(s *setting, v string) error { s.jwtBearer.Username = v; return nil },
		{fixtures.OpClaim, "aud"}: audience,
		{fixtures.OpSign, ""}:     signingKey,
		{fixtures.OpHost, ""}:     loginHost,
	},
}

func authStyle(s *setting, style string) error {
	switch style {
	case "body":
		s.clientCredentials.AuthStyle = flows.AuthBody
	case "basic", "basic-encoded":
		s.clientCredentials.AuthStyle = flows.AuthBasic
	default:
		return errNotExpressible
	}
	return nil
}

// origin is an audience that flows sends as it was given; it repairs all others.
var origin = regexp.MustCompile(`^https?://[a-z0-9.-]+(:[0-9]+)?$`)

func audience(s *setting, value string) error {
	if !origin.MatchString(value) {
		return errNotExpressible
	}
	s.jwtBearer.Audience = value
	return nil
}

func signingKey(s *setting, name string) error {
	text, err := fixtures.TestKey(name)
	if err != nil {
		return errNotExpressible
	}
	s.jwtBearer.PrivateKey, err = flows.ParsePrivateKey([]byte(text))
	return err
}

func loginHost(s *setting, which string) error {
	hosts := map[string]string{"login": fixtures.LoginHost, "test": fixtures.TestHost}
	if hosts[which] == "" {
		return errNotExpressible
	}
	s.jwtBearer.LoginURL = "https://" + hosts[which]
	return nil
}

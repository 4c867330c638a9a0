package guides

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/flows"
)

// prove logs in through package flows with what the guide led to, asks who it is, and
// reads a record: the second witness beside the product's own calls.
func (s *site) prove(ctx context.Context) error {
	flow, err := s.flow()
	if err != nil {
		return err
	}
	transport := s.server.Transport()
	defer transport.CloseIdleConnections()
	source, err := flows.NewTokenSource(flow, flows.Options{
		Transport: transport, Now: s.org.Now, Retry: flows.Retry{Attempts: 1},
		Sleep: func(context.Context, time.Duration) error { return errors.New("guides: a proof waits for nothing") },
	})
	if err != nil {
		return err
	}
	client := flows.NewClient(source)
	read, err := client.Query(ctx, "67.0", "SELECT Id, Name FROM Organization", func(json.RawMessage) error { return nil })
	if err == nil && read.Records != 1 {
		err = errors.New("guides: the org has no record of itself")
	}
	return err
}

// flow is the configuration of package flows that the settings lead to.
func (s *site) flow() (flows.Flow, error) {
	v, err := s.visit()
	if err != nil {
		return nil, err
	}
	address, err := v.setting(fixtures.SettingTokenURL)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	login := u.Scheme + "://" + u.Host
	if s.guide.Flow == fixtures.JWTBearer {
		key, err := flows.ParsePrivateKey([]byte(v.creds.PrivateKeyPEM))
		return flows.JWTBearer{LoginURL: login, ClientID: s.pair.ConsumerKey, Username: s.settings[fixtures.SettingSubject], PrivateKey: key}, err
	}
	style := flows.AuthBody
	if s.settings[fixtures.SettingAuth] == "basic" {
		style = flows.AuthBasic
	}
	return flows.ClientCredentials{
		LoginURL: login, ClientID: s.pair.ConsumerKey, ClientSecret: s.pair.ConsumerSecret, AuthStyle: style, VerifySignature: true,
	}, nil
}

package guides

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
)

// longestAnswer bounds what is read of an answer.
const longestAnswer = 1 << 20

// needed are the settings without which a product's call cannot be made.
var needed = map[fixtures.GuideCall][]fixtures.SettingName{
	fixtures.CallToken:      {fixtures.SettingTokenURL, fixtures.SettingClientID},
	fixtures.CallUserInfo:   {},
	fixtures.CallAuthorize:  {fixtures.SettingAuthorizeURL, fixtures.SettingRedirectURI},
	fixtures.CallSOAPTest:   {fixtures.SettingSOAPURL},
	fixtures.CallSOAPImport: {fixtures.SettingSOAPURL},
}

// neededByFlow are those of the token request beside the address and the key.
var neededByFlow = map[fixtures.Flow][]fixtures.SettingName{
	fixtures.ClientCredentials: {fixtures.SettingClientSecret},
	fixtures.JWTBearer:         {fixtures.SettingSubject, fixtures.SettingKey},
}

// visit is one attempt of the product to connect.
type visit struct {
	*site
	creds    request.Credentials
	token    string
	instance string
}

// product makes the guide's calls with the settings as they are, until one fails. The
// error is a *Stopped where a setting is missing.
func (s *site) product(ctx context.Context) ([]Seen, error) {
	v, err := s.visit()
	if err != nil {
		return nil, err
	}
	var calls []Seen
	for _, call := range s.guide.Calls {
		if err := v.complete(call); err != nil {
			return calls, err
		}
		seen, err := v.call(ctx, call)
		if err != nil {
			return calls, err
		}
		calls = append(calls, seen...)
		if !seen[len(seen)-1].OK {
			break
		}
	}
	return calls, nil
}

// visit knows what Setup showed, and the addresses of the org.
func (s *site) visit() (*visit, error) {
	config := s.org.Config()
	v := &visit{site: s, creds: request.Credentials{
		ClientID: s.pair.ConsumerKey, ClientSecret: s.pair.ConsumerSecret, Username: s.guide.User,
		LoginURL: "https://" + config.MyDomainHost(), GenericURL: "https://" + config.GenericHost(),
	}}
	if name := s.settings[fixtures.SettingKey]; name != "" {
		text, err := fixtures.TestKey(name)
		if err != nil {
			return nil, err
		}
		v.creds.PrivateKeyPEM = text
	}
	return v, nil
}

// setting is a setting with its ${...} filled in.
func (v *visit) setting(name fixtures.SettingName) (string, error) {
	return request.Expand(v.settings[name], v.creds, v.org.Now(), nil)
}

// complete says which setting the call lacks, as a *Stopped.
func (v *visit) complete(call fixtures.GuideCall) error {
	names := needed[call]
	if call == fixtures.CallToken {
		names = append(slices.Clip(names), neededByFlow[v.guide.Flow]...)
	}
	for _, name := range append(slices.Clip(names), v.mentioned(call)...) {
		value, err := v.setting(name)
		if err != nil {
			return err
		}
		if value == "" {
			return &Stopped{By: fixtures.StoppedByClient, Text: fmt.Sprintf("the product's setting %s is empty", name)}
		}
	}
	return nil
}

// mentioned are the settings of the call that this guide has its people enter, and
// another guide's product finds by itself.
func (v *visit) mentioned(call fixtures.GuideCall) []fixtures.SettingName {
	candidates := map[fixtures.GuideCall][]fixtures.SettingName{
		fixtures.CallToken:      {fixtures.SettingProvider, fixtures.SettingGrant},
		fixtures.CallUserInfo:   {fixtures.SettingUserInfoURL},
		fixtures.CallSOAPTest:   {fixtures.SettingDataServer},
		fixtures.CallSOAPImport: {fixtures.SettingDataServer},
	}
	var names []fixtures.SettingName
	for _, step := range v.guide.Steps {
		for _, set := range step.Client {
			for _, name := range candidates[call] {
				if set.Name == name {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

// call makes the requests of one call until one fails.
func (v *visit) call(ctx context.Context, call fixtures.GuideCall) ([]Seen, error) {
	requests, err := v.requests(call)
	if err != nil {
		return nil, err
	}
	var calls []Seen
	for _, w := range requests {
		seen, body, err := v.send(ctx, call, w)
		calls = append(calls, seen)
		if err != nil || !seen.OK {
			return calls, err
		}
		if call == fixtures.CallToken {
			v.token, v.instance, err = answered(body)
		}
		if err != nil {
			return calls, err
		}
	}
	return calls, nil
}

// requests are what a call sends, in order.
func (v *visit) requests(call fixtures.GuideCall) ([]request.Wire, error) {
	switch call {
	case fixtures.CallToken:
		w, err := v.tokenRequest()
		return []request.Wire{w}, err
	case fixtures.CallUserInfo:
		return v.get(v.userInfoURL()), nil
	case fixtures.CallAuthorize:
		return v.authorize()
	case fixtures.CallSOAPTest:
		return v.soap(soapTest)
	case fixtures.CallSOAPImport:
		return v.soap(soapImport...)
	case fixtures.CallQuery:
		return v.get(v.instance + "/services/data/v67.0/query?q=" + url.QueryEscape("SELECT Id, Name FROM Organization")), nil
	}
	return nil, fmt.Errorf("guides: no product makes the call %q", call)
}

// userInfoURL is the setting, or what a product without the setting takes.
func (v *visit) userInfoURL() string {
	const path = "/services/oauth2/userinfo"
	if set, err := v.setting(fixtures.SettingUserInfoURL); err == nil && set != "" {
		return set
	}
	return v.instance + path
}

func (v *visit) get(address string) []request.Wire {
	return []request.Wire{{Method: http.MethodGet, URL: address, Header: http.Header{"Authorization": {"Bearer " + v.token}}}}
}

// send makes one request over HTTP, and says what was seen and which refusal the fake decided on.
func (v *visit) send(ctx context.Context, call fixtures.GuideCall, w request.Wire) (Seen, []byte, error) {
	r, err := w.Request(ctx)
	if err != nil {
		return Seen{}, nil, err
	}
	v.last = w
	before := v.org.Journal().Count()
	transport := v.server.Transport()
	defer transport.CloseIdleConnections()
	answer, err := transport.RoundTrip(r)
	if err != nil {
		return v.unanswered(call, before, err), nil, ctx.Err()
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(answer.Body, longestAnswer))
	if err != nil {
		return Seen{}, nil, err
	}
	seen := Seen{Call: call, OK: answer.StatusCode < http.StatusBadRequest, Status: answer.StatusCode}
	if entry, ok := v.org.Journal().Last(); ok && v.org.Journal().Count() > before {
		seen.Refusal = entry.Refusal
	}
	if seen.Refusal != "" {
		seen.OK = false
	}
	if !seen.OK {
		seen.Error, seen.Description = words(body, answer.Header.Get("Location"))
	}
	return seen, body, nil
}

// unanswered is a request to which no answer came.
func (v *visit) unanswered(call fixtures.GuideCall, before uint64, err error) Seen {
	seen := Seen{Call: call, Error: "the host name does not resolve", Refusal: "my-domain-not-found"}
	if entry, ok := v.org.Journal().Last(); ok && v.org.Journal().Count() > before {
		seen.Refusal = entry.Refusal
	}
	if seen.Refusal != "my-domain-not-found" {
		seen.Error = "the connection fails"
	}
	if errors.Is(err, context.Canceled) {
		seen.Refusal = ""
	}
	return seen
}

// answered is the JSON of a token answer.
func answered(body []byte) (token, instance string, err error) {
	var fields struct {
		AccessToken string `json:"access_token"`
		InstanceURL string `json:"instance_url"`
	}
	err = json.Unmarshal(body, &fields)
	return fields.AccessToken, fields.InstanceURL, err
}

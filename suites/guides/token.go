package guides

import (
	"fmt"
	"net/url"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
)

// tokenRequest is the flow's request as the settings make it.
func (v *visit) tokenRequest() (request.Wire, error) {
	id, err := v.setting(fixtures.SettingClientID)
	if err != nil {
		return request.Wire{}, err
	}
	secret, err := v.setting(fixtures.SettingClientSecret)
	if err != nil {
		return request.Wire{}, err
	}
	sent := v.creds
	sent.ClientID, sent.ClientSecret = id, secret
	if v.guide.Flow == fixtures.JWTBearer {
		sent.ClientSecret = v.pair.ConsumerSecret
	}
	wire, err := request.Build(v.flow(), sent, v.edits(), v.org.Now(), nil)
	if err != nil {
		return wire, err
	}
	wire.URL, err = v.setting(fixtures.SettingTokenURL)
	if u, bad := url.Parse(wire.URL); bad != nil || u.Host == "" {
		return wire, fmt.Errorf("guides: %q is no address", wire.URL)
	}
	return wire, err
}

// flow is what the setting grant chooses.
func (v *visit) flow() fixtures.Flow {
	if v.settings[fixtures.SettingGrant] == string(fixtures.GrantPassword) {
		return fixtures.UsernamePassword
	}
	return v.guide.Flow
}

// edits are the request's departures from the one that package request drafts.
func (v *visit) edits() []fixtures.Edit {
	if v.guide.Flow == fixtures.JWTBearer {
		return v.claims()
	}
	var edits []fixtures.Edit
	if style := v.settings[fixtures.SettingAuth]; style != "" {
		edits = append(edits, fixtures.Auth(style))
	}
	if name := v.settings[fixtures.SettingSubject]; name != "" {
		edits = append(edits, fixtures.Param("username", name))
	}
	return edits
}

// claims are those that the settings make; a setting that is missing is a claim that is.
func (v *visit) claims() []fixtures.Edit {
	var edits []fixtures.Edit
	for _, c := range []struct {
		claim string
		name  fixtures.SettingName
	}{{"sub", fixtures.SettingSubject}, {"aud", fixtures.SettingAudience}, {"exp", fixtures.SettingExpiry}} {
		if value := v.settings[c.name]; value != "" {
			edits = append(edits, fixtures.Claim(c.claim, value))
		} else {
			edits = append(edits, fixtures.DropClaim(c.claim))
		}
	}
	if with := v.settings[fixtures.SettingSignature]; with != "" && with != rs256 {
		edits = append(edits, fixtures.Sign(with))
	}
	return edits
}

// rs256 signs with the product's own key.
const rs256 = "rs256"

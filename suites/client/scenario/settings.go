package scenario

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios about settings that judges ask for by name.
const (
	HardSecret        = "secret-with-special-characters"
	SecretWithNewline = "secret-ends-in-a-newline"
	SettingMissing    = "setting-missing"
)

// settings are the situations in which the client was configured in an unusual or a
// wrong way.
func settings() []Scenario {
	clientCredentials := []fixtures.Flow{fixtures.ClientCredentials}
	return []Scenario{
		{
			Name: HardSecret, Title: "The Consumer Secret holds characters that must be escaped.",
			Flows: clientCredentials, Operation: Login, Want: Either,
			World: func(o *stage.Options) { o.HardSecret = true },
		},
		{
			Name: SecretWithNewline, Title: "The Consumer Secret ends in a newline, as one from a mounted file does.",
			Flows: clientCredentials, Operation: Login, Want: Either,
			Starts: []Start{{Set: map[string]string{stage.ClientSecret: "${" + stage.ClientSecret + "}\n"}}},
		},
		{
			Name: SettingMissing, Title: "One setting is missing, each in turn.", Operation: Login, Want: Fail,
			Flows: clientCredentials, Starts: without(stage.ClientID, stage.ClientSecret, stage.LoginURL),
		},
		{
			Name: SettingMissing, Title: "One setting is missing, each in turn.", Operation: Login, Want: Fail,
			Flows:  []fixtures.Flow{fixtures.JWTBearer},
			Starts: without(stage.ClientID, stage.Username, stage.PrivateKeyFile, stage.LoginURL),
		},
	}
}

// without are starts with one setting missing each.
func without(names ...string) []Start {
	var starts []Start
	for _, name := range names {
		starts = append(starts, Start{Unset: []string{name}})
	}
	return starts
}

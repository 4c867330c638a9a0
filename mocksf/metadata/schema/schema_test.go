package schema_test

import (
	"testing"

	"github.com/sfconform/sfconform/mocksf/metadata/schema"
)

func TestTheSuffixDecidesTheType(t *testing.T) {
	t.Parallel()
	for suffix, want := range map[string]string{
		"eca": "ExternalClientApplication", "ecaGlblOauth": "ExtlClntAppGlobalOauthSettings",
		"ecaOauthPlcy": "ExtlClntAppOauthConfigurablePolicies", "ecaPlcy": "ExtlClntAppConfigurablePolicies",
		"connectedApp": "ConnectedApp", "crt": "Certificate", "permissionset": "PermissionSet", "profile": "Profile",
	} {
		if got := schema.BySuffix(suffix); got == nil || got.Name != want {
			t.Errorf("%s is %v, want %s", suffix, got, want)
		}
	}
	if schema.BySuffix("settings") != nil || schema.ForSettings("OauthOidc").Name != "OauthOidcSettings" || schema.ForSettings("Account") != nil {
		t.Error("settings files are told apart by their base name")
	}
}

// Facts: metadata.md sections 1.3 to 1.5, the elements that came and went.
func TestElementsHaveTheirVersions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		typ, element string
		version      int
		want         bool
	}{
		{"ExtlClntAppOauthConfigurablePolicies", "isNamedUserJwtEnabled", 60, false},
		{"ExtlClntAppOauthConfigurablePolicies", "isNamedUserJwtEnabled", 63, true},
		{"ExtlClntAppOauthConfigurablePolicies", "isNamedUserJwtEnabled", 64, false},
		{"ExtlClntAppOauthConfigurablePolicies", "commaSeparatedProfile", 61, false},
		{"ExtlClntAppOauthConfigurablePolicies", "commaSeparatedProfile", 62, true},
		{"ExtlClntAppGlobalOauthSettings", "isEnforceRefreshTokenTTL", 66, false},
		{"ExtlClntAppGlobalOauthSettings", "isClientCredentialEnabled", 58, true},
		{"ExtlClntAppGlobalOauthSettings", "isClientCredentialEnabled", 59, false},
		{"ConnectedApp", "pluginExecutionUser", 66, true},
		{"ConnectedApp", "pluginExecutionUser", 99, false},
		{"ConnectedApp", "label", 20, true},
	}
	for _, test := range tests {
		e := schema.ByName(test.typ).Elements[test.element]
		if e == nil || e.Versions.Has(test.version) != test.want {
			t.Errorf("%s/%s at %d is %v, want %v", test.typ, test.element, test.version, !test.want, test.want)
		}
	}
}

func TestEnumsHaveTheirVersions(t *testing.T) {
	t.Parallel()
	action := schema.ByName("ExtlClntAppOauthConfigurablePolicies").Elements["policyAction"]
	if got := len(action.ValueNames(66)); got != 2 {
		t.Errorf("policyAction has %d values at 66, want 2", got)
	}
	if got := len(action.ValueNames(68)); got != 3 {
		t.Errorf("policyAction has %d values at 68, want 3", got)
	}
	scopes := schema.ByName("ExtlClntAppOauthSettings").Elements["commaSeparatedOauthScopes"]
	if scopes.Kind != schema.EnumList || len(scopes.ValueNames(67)) != 36 {
		t.Errorf("there are %d scopes at 67, want the 36 that the org lists", len(scopes.ValueNames(67)))
	}
}

func TestNestedElementsAreKnown(t *testing.T) {
	t.Parallel()
	config := schema.ByName("ConnectedApp").Elements["oauthConfig"]
	if config.Kind != schema.Group || !config.Group["callbackUrl"].Required || !config.Group["scopes"].Repeated {
		t.Errorf("oauthConfig is %+v", config)
	}
}

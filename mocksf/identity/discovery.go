package identity

import (
	"encoding/base64"
	"math/big"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/session"
)

// configuration is the discovery document, its members and their order as in
// Salesforce's sample, which has no grant_types_supported (facts: section 5.5).
type configuration struct {
	EndSession                string   `json:"end_session_endpoint"`
	FrontchannelLogout        bool     `json:"frontchannel_logout_supported"`
	FrontchannelLogoutSession bool     `json:"frontchannel_logout_session_supported"`
	Issuer                    string   `json:"issuer"`
	Authorization             string   `json:"authorization_endpoint"`
	Token                     string   `json:"token_endpoint"`
	Revocation                string   `json:"revocation_endpoint"`
	UserInfo                  string   `json:"userinfo_endpoint"`
	Keys                      string   `json:"jwks_uri"`
	Registration              string   `json:"registration_endpoint"`
	Introspection             string   `json:"introspection_endpoint"`
	Scopes                    []string `json:"scopes_supported"`
	ResponseTypes             []string `json:"response_types_supported"`
	SubjectTypes              []string `json:"subject_types_supported"`
	SigningAlgorithms         []string `json:"id_token_signing_alg_values_supported"`
	Displays                  []string `json:"display_values_supported"`
	AuthMethods               []string `json:"token_endpoint_auth_methods_supported"`
	Claims                    []string `json:"claims_supported"`
}

// discovery names the host that was asked as the issuer.
func discovery(r *exchange.Request) exchange.Answer {
	base := r.Host.Base
	return exchange.JSON(configuration{
		EndSession: base + "/services/auth/idp/oidc/logout", FrontchannelLogout: true,
		Issuer: base, Authorization: base + "/services/oauth2/authorize", Token: base + "/services/oauth2/token",
		Revocation: base + "/services/oauth2/revoke", UserInfo: base + "/services/oauth2/userinfo", Keys: base + "/id/keys",
		Registration: base + "/services/oauth2/register", Introspection: base + "/services/oauth2/introspect",
		Scopes:        fixtures.ScopeNames(),
		ResponseTypes: []string{"code", "token", "token id_token"}, SubjectTypes: []string{"public"},
		SigningAlgorithms: []string{"RS256"}, Displays: []string{"page", "popup", "touch"},
		AuthMethods: []string{"client_secret_post", "client_secret_basic", "private_key_jwt"},
		Claims: []string{
			"active", "address", "email", "email_verified", "family_name", "given_name", "is_app_installed", "language",
			"locale", "name", "nickname", "organization_id", "phone_number", "phone_number_verified", "photos", "picture",
			"preferred_username", "profile", "sub", "updated_at", "urls", "user_id", "user_type", "zoneinfo",
		},
	})
}

// authConfiguration is what mobile clients ask before they show a login page.
func authConfiguration(r *exchange.Request) exchange.Answer {
	type mobile struct {
		Android bool `json:"UseAndroidNativeBrowserForAuthentication"`
		IOS     bool `json:"UseiOSNativeBrowserForAuthentication"`
	}
	type page struct {
		Type    string `json:"LoginPageType"`
		RootURL string `json:"LoginRootUrl"`
	}
	return exchange.JSON(struct {
		OrgID     string `json:"OrgId"`
		URL       string `json:"Url"`
		MobileSDK mobile `json:"MobileSDK"`
		LoginPage page   `json:"LoginPage"`
	}{OrgID: fixtures.ID15(r.Org.ID), URL: r.InstanceURL(), LoginPage: page{"Standard", r.InstanceURL()}})
}

type key struct {
	Type      string `json:"kty"`
	Modulus   string `json:"n"`
	Exponent  string `json:"e"`
	Algorithm string `json:"alg"`
	Use       string `json:"use"`
	ID        string `json:"kid"`
}

// keys publishes the key by which JWT-format access tokens verify (RFC 7517).
func keys(r *exchange.Request) exchange.Answer {
	public := session.PublicKey()
	number := func(n *big.Int) string { return base64.RawURLEncoding.EncodeToString(n.Bytes()) }
	return exchange.JSON(struct {
		Keys []key `json:"keys"`
	}{[]key{{
		Type: "RSA", Modulus: number(public.N), Exponent: number(big.NewInt(int64(public.E))),
		Algorithm: "RS256", Use: "sig", ID: session.KeyID(r.Org.ID),
	}}})
}

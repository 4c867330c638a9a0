package identity

import (
	"time"
	_ "time/tzdata" // a user's offset must not depend on the machine's time zone files

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// bearerRules are asked wherever a token alone opens the door. Any live token
// does: which scopes the service asks for is not known.
var bearerRules = []check{
	{Name: "token-present", Refusal: "oauth-token-missing", Holds: func(q *question) bool { return q.token != "" }},
	{Name: "token-live", Refusal: "oauth-token-bad", Holds: func(q *question) bool { return q.state == session.Live }},
}

// namesTheTokensUser holds an identity URL to the token's own org and user. What
// the service says of another one's URL is not known.
var namesTheTokensUser = check{Name: "identity-is-the-tokens", Refusal: "oauth-token-bad", Holds: func(q *question) bool {
	org, user := q.request.Value("org"), q.request.Value("user")
	return fixtures.ID15(org) == fixtures.ID15(q.request.Org.ID) && fixtures.ID15(user) == fixtures.ID15(q.user.ID)
}}

// userInfo is the answer of userinfo, its members in the order of Salesforce's sample.
type userInfo struct {
	Subject           string  `json:"sub"`
	UserID            string  `json:"user_id"`
	OrganizationID    string  `json:"organization_id"`
	PreferredUsername string  `json:"preferred_username"`
	Nickname          string  `json:"nickname"`
	Name              string  `json:"name"`
	Email             string  `json:"email"`
	EmailVerified     bool    `json:"email_verified"`
	GivenName         *string `json:"given_name"`
	FamilyName        string  `json:"family_name"`
	ZoneInfo          string  `json:"zoneinfo"`
	Photos            photos  `json:"photos"`
	Profile           string  `json:"profile"`
	Picture           string  `json:"picture"`
	Address           struct {
		Country string `json:"country"`
	} `json:"address"`
	IntegrationUser bool   `json:"is_salesforce_integration_user"`
	URLs            urls   `json:"urls"`
	Active          bool   `json:"active"`
	UserType        string `json:"user_type"`
	Language        string `json:"language"`
	Locale          string `json:"locale"`
	UTCOffset       int64  `json:"utcOffset"`
	UpdatedAt       string `json:"updated_at"`
	AppInstalled    bool   `json:"is_app_installed"`
}

type photos struct {
	Picture   string `json:"picture"`
	Thumbnail string `json:"thumbnail"`
}

// identityInfo is the answer of the identity URL, its members in the order of a
// test recording of Salesforce's own mobile SDK.
type identityInfo struct {
	ID                  string  `json:"id"`
	AssertedUser        bool    `json:"asserted_user"`
	UserID              string  `json:"user_id"`
	OrganizationID      string  `json:"organization_id"`
	Username            string  `json:"username"`
	NickName            string  `json:"nick_name"`
	DisplayName         string  `json:"display_name"`
	Email               string  `json:"email"`
	EmailVerified       bool    `json:"email_verified"`
	FirstName           *string `json:"first_name"`
	LastName            string  `json:"last_name"`
	TimeZone            string  `json:"timezone"`
	Photos              photos  `json:"photos"`
	Street              *string `json:"addr_street"`
	City                *string `json:"addr_city"`
	State               *string `json:"addr_state"`
	Country             string  `json:"addr_country"`
	Zip                 *string `json:"addr_zip"`
	MobilePhone         *string `json:"mobile_phone"`
	MobilePhoneVerified bool    `json:"mobile_phone_verified"`
	LightningLoginUser  bool    `json:"is_lightning_login_user"`
	Status              struct {
		CreatedDate *string `json:"created_date"`
		Body        *string `json:"body"`
	} `json:"status"`
	URLs             urls   `json:"urls"`
	Active           bool   `json:"active"`
	UserType         string `json:"user_type"`
	Language         string `json:"language"`
	Locale           string `json:"locale"`
	UTCOffset        int64  `json:"utcOffset"`
	LastModifiedDate string `json:"last_modified_date"`
	AppInstalled     bool   `json:"is_app_installed"`
}

// What every user of the fake has in common.
const (
	country  = "DE"
	standard = "STANDARD"
	language = "en_US"
	modified = "2025-01-06T09:00:00Z"
)

func (s *service) userinfo(q *question) exchange.Answer {
	r, u := q.request, q.user
	pictures := photosOf(r.Org, u)
	info := userInfo{
		Subject: r.IdentityURL(u), UserID: u.ID, OrganizationID: r.Org.ID, PreferredUsername: u.Username,
		Nickname: records.Nickname(u), Name: records.FullName(u), Email: u.Email, EmailVerified: true,
		GivenName: orNull(u.FirstName), FamilyName: u.LastName, ZoneInfo: u.TimeZone, Photos: pictures,
		Profile: r.InstanceURL() + "/" + u.ID, Picture: pictures.Picture,
		IntegrationUser: u.Licence == integrationLicense, URLs: urlsOf(r, u), Active: u.Active,
		UserType: standard, Language: language, Locale: language, UTCOffset: utcOffset(u), UpdatedAt: modified,
		AppInstalled: q.appInstalled(),
	}
	info.Address.Country = country
	return exchange.JSON(info)
}

// integrationLicense is the user license that only API-only users can have.
const integrationLicense = "Salesforce Integration"

func (s *service) identity(q *question) exchange.Answer {
	r, u := q.request, q.user
	return exchange.JSON(identityInfo{
		ID: r.IdentityURL(u), AssertedUser: true, UserID: u.ID, OrganizationID: r.Org.ID, Username: u.Username,
		NickName: records.Nickname(u), DisplayName: records.FullName(u), Email: u.Email, EmailVerified: true,
		FirstName: orNull(u.FirstName), LastName: u.LastName, TimeZone: u.TimeZone, Photos: photosOf(r.Org, u),
		Country: country, URLs: urlsOf(r, u), Active: u.Active, UserType: standard, Language: language, Locale: language,
		UTCOffset: utcOffset(u), LastModifiedDate: modified, AppInstalled: q.appInstalled(),
	})
}

func (q *question) appInstalled() bool {
	app := session.AppOf(q.request.Org, q.session)
	return app != nil && app.Installed
}

func photosOf(org *snapshot.Org, u *snapshot.User) photos {
	base := "https://" + org.MyDomain + ".file.force.com/profilephoto/" + fixtures.ID15(u.ID)
	return photos{base + "/F", base + "/T"}
}

// utcOffset is the offset of the user's time zone in winter, in milliseconds; 0 for
// a zone that does not exist.
func utcOffset(u *snapshot.User) int64 {
	zone, err := time.LoadLocation(u.TimeZone)
	if err != nil {
		return 0
	}
	_, january := time.Date(2026, 1, 1, 0, 0, 0, 0, zone).Zone()
	_, july := time.Date(2026, 7, 1, 0, 0, 0, 0, zone).Zone()
	return int64(min(january, july)) * 1000
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

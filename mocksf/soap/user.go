package soap

import (
	"time"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
)

// What every user and org of the fake has in common.
const (
	language       = "en_US"
	currency       = "EUR"
	currencySymbol = "€"
	currencyLocale = "de_DE_EURO"
	userType       = "Standard"
	attachmentSize = 5 << 20
)

// wireTime is how the API writes a moment (xsd:dateTime in UTC).
const wireTime = "2006-01-02T15:04:05.000Z"

// getUserInfo tells who the session's user is.
func getUserInfo(c *call) exchange.Answer {
	return c.answer(func(d *document) {
		d.write("<result>")
		for _, p := range userProperties {
			p.write(d, c)
		}
		d.write("</result>")
	})
}

// userProperties are the fields of a captured login reply, in their order (facts: section 5.7).
var userProperties = []property[*call]{
	flag("accessibilityMode", never[*call]),
	flag("chatterExternal", never[*call]),
	text("currencySymbol", fixed(currencySymbol)),
	number("orgAttachmentFileSizeLimit", func(*call) int { return attachmentSize }),
	text("orgDefaultCurrencyIsoCode", fixed(currency)),
	text("orgDefaultCurrencyLocale", fixed(currencyLocale)),
	flag("orgDisallowHtmlAttachments", never[*call]),
	flag("orgHasPersonAccounts", never[*call]),
	text("organizationId", func(c *call) string { return c.request.Org.ID }),
	flag("organizationMultiCurrency", never[*call]),
	text("organizationName", func(c *call) string { return c.request.Org.Name }),
	text("profileId", (*call).profileID),
	null[*call]("roleId"),
	number("sessionSecondsValid", func(c *call) int { return int(c.session.Timeout / time.Second) }),
	null[*call]("userDefaultCurrencyIsoCode"),
	text("userEmail", func(c *call) string { return c.user.Email }),
	text("userFullName", func(c *call) string { return records.FullName(c.user) }),
	text("userId", func(c *call) string { return c.user.ID }),
	text("userLanguage", fixed(language)),
	text("userLocale", fixed(language)),
	text("userName", func(c *call) string { return c.user.Username }),
	text("userTimeZone", func(c *call) string { return c.user.TimeZone }),
	text("userType", fixed(userType)),
	text("userUiSkin", fixed("Theme3")),
}

func fixed(value string) func(*call) string { return func(*call) string { return value } }

func (c *call) profileID() string {
	rec, _ := c.service.records.Get(c.request.Org, "User", c.user.ID, []string{"ProfileId"})
	for _, cell := range rec.Cells {
		if id, ok := cell.Value.(string); ok && cell.Name == "ProfileId" {
			return id
		}
	}
	return ""
}

func getServerTimestamp(c *call) exchange.Answer {
	return c.answer(func(d *document) {
		d.write("<result>")
		d.text("timestamp", c.request.Now.UTC().Format(wireTime))
		d.write("</result>")
	})
}

// logout ends the session, for everybody who holds its token.
func logout(c *call) exchange.Answer {
	c.service.sessions.Revoke(c.session, c.request.Now)
	return c.answer(nil)
}

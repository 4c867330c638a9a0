package identity

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// urls are the org's addresses, with {version} for the client to fill in.
type urls struct {
	Enterprise   string `json:"enterprise"`
	Metadata     string `json:"metadata"`
	Partner      string `json:"partner"`
	REST         string `json:"rest"`
	SObjects     string `json:"sobjects"`
	Search       string `json:"search"`
	Query        string `json:"query"`
	Recent       string `json:"recent"`
	ToolingSOAP  string `json:"tooling_soap"`
	ToolingREST  string `json:"tooling_rest"`
	Profile      string `json:"profile"`
	Feeds        string `json:"feeds"`
	Groups       string `json:"groups"`
	Users        string `json:"users"`
	FeedItems    string `json:"feed_items"`
	FeedElements string `json:"feed_elements"`
	CustomDomain string `json:"custom_domain"`
}

// urlsOf puts the 15-character organization id behind the SOAP addresses, as the
// service does (facts: section 5.2).
func urlsOf(r *exchange.Request, u *snapshot.User) urls {
	base := r.InstanceURL()
	soap := func(kind string) string {
		return base + "/services/Soap/" + kind + "/{version}/" + fixtures.ID15(r.Org.ID)
	}
	data := base + "/services/data/v{version}/"
	return urls{
		Enterprise: soap("c"), Metadata: soap("m"), Partner: soap("u"),
		REST: data, SObjects: data + "sobjects/", Search: data + "search/", Query: data + "query/", Recent: data + "recent/",
		ToolingSOAP: soap("T"), ToolingREST: data + "tooling/", Profile: base + "/" + u.ID,
		Feeds: data + "chatter/feeds", Groups: data + "chatter/groups", Users: data + "chatter/users",
		FeedItems: data + "chatter/feed-items", FeedElements: data + "chatter/feed-elements", CustomDomain: base,
	}
}

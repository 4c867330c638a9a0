package credentials

import (
	"maps"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// usedApp is what the list of apps says of each, as far as programs read it.
type usedApp struct {
	DeveloperName string `json:"developerName"`
	Identifier    string `json:"identifier"`
	Name          string `json:"name"`
}

// page is how the API ends every list: the fake has one page alone.
type page struct {
	Current string  `json:"currentPageUrl"`
	Next    *string `json:"nextPageUrl"`
}

// usage lists the External Client Apps. It shows no secret and asks for no permission
// beyond the data API's.
func (s *service) usage(r *exchange.Request, _ *snapshot.User) exchange.Answer {
	list := struct {
		Apps []usedApp `json:"apps"`
		page
	}{Apps: []usedApp{}, page: page{Current: root(r) + "/usage"}}
	for _, name := range slices.Sorted(maps.Keys(r.Org.Apps)) {
		if app := r.Org.AppByName(name); app.Kind == fixtures.ExternalClientApp {
			list.Apps = append(list.Apps, usedApp{name, appID(app), app.Label})
		}
	}
	return exchange.JSON(list)
}

// consumer is the client of an app; an app of the fake has one.
type consumer struct {
	ID        string `json:"id"`
	Key       string `json:"key,omitempty"`
	Name      string `json:"name"`
	Secret    string `json:"secret,omitempty"`
	StagedURL string `json:"stagedCredentialsUrl"`
	URL       string `json:"url"`
}

func (q *question) consumer() consumer {
	url := q.url()
	return consumer{ID: consumerID(q.app), Name: q.app.Name, StagedURL: url + "/staged", URL: url}
}

func (s *service) consumers(q *question) exchange.Answer {
	c := q.consumer()
	c.Key = q.app.ConsumerKey
	return exchange.JSON(struct {
		Consumers []consumer `json:"consumers"`
		page
	}{[]consumer{c}, page{Current: root(q.request) + "/credentials/" + appID(q.app)}})
}

// consumer answers with the parts that were asked for: key, secret, or keyandsecret.
// What comes if none is named is not known: the fake answers with the key.
func (s *service) consumer(q *question) exchange.Answer {
	c, part := q.consumer(), q.request.Query.Get("part")
	if part != "secret" {
		c.Key = q.app.ConsumerKey
	}
	if part == "secret" || part == "keyandsecret" {
		c.Secret = q.app.ConsumerSecret
	}
	return exchange.JSON(c)
}

// root is the path of the resources at the version that was asked for.
func root(r *exchange.Request) string { return "/services/data/" + r.Value("version") + "/apps/oauth" }

// url is the path of the app's consumer.
func (q *question) url() string {
	return root(q.request) + "/credentials/" + appID(q.app) + "/" + consumerID(q.app)
}

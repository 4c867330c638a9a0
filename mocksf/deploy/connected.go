package deploy

import (
	"regexp"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// secretElement is the secret in a Connected App's file, which no retrieve shows, and
// comments, which it drops.
var secretElement = regexp.MustCompile(`(?s)\s*<consumerSecret>.*?</consumerSecret>|\s*<!--.*?-->`)

// connected completes a Connected App: what was deployed with the key that the app
// has, or of an app that was not deployed what the org asks of every one (facts:
// metadata.md section 2).
func (x elements) connected(app fixtures.App) {
	for name, texts := range x {
		for i, text := range texts {
			x[name][i] = secretElement.ReplaceAllString(text, "")
		}
	}
	if x["label"] == nil {
		x.set("label", app.Label)
	}
	if x["contactEmail"] == nil {
		x.set("contactEmail", app.ContactEmail)
	}
	config := x["oauthConfig"]
	if config == nil {
		config = []string{"<oauthConfig></oauthConfig>"}
	}
	for i, text := range config {
		if !strings.Contains(text, "<consumerKey>") {
			key := elements{}
			key.set("consumerKey", app.ConsumerKey)
			config[i] = strings.Replace(text, "</oauthConfig>", key["consumerKey"][0]+"</oauthConfig>", 1)
		}
	}
	x["oauthConfig"] = config
}

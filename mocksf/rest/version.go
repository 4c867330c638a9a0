package rest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// The versions that the fake serves: the oldest that a current client has built in
// up to Summer '26 (facts: client habits, paths).
const (
	oldestVersion = 31
	latestVersion = 67
)

func knownVersion(s string) bool {
	n := versionNumber(s)
	return n >= oldestVersion && n <= latestVersion
}

// retiredVersion says whether the version is one of those that the service has
// switched off: 410 (Salesforce KB 000389618).
func retiredVersion(s string) bool {
	n := versionNumber(s)
	return n >= firstVersion && n < oldestVersion
}

// firstVersion is the first one that the REST API had.
const firstVersion = 20

// versionNumber is 67 for "v67.0"; 0 for what is no version.
func versionNumber(s string) int {
	number, isVersion := strings.CutPrefix(s, "v")
	whole, isWhole := strings.CutSuffix(number, ".0")
	n, err := strconv.Atoi(whole)
	if !isVersion || !isWhole || err != nil || strconv.Itoa(n) != whole {
		return 0
	}
	return n
}

type version struct {
	Label   string `json:"label"`
	URL     string `json:"url"`
	Version string `json:"version"`
}

// listVersions needs no token and ignores one.
func listVersions(*exchange.Request) exchange.Answer {
	var list []version
	for n := oldestVersion; n <= latestVersion; n++ {
		list = append(list, version{releaseOf(n), fmt.Sprintf("/services/data/v%d.0", n), fmt.Sprintf("%d.0", n)})
	}
	return exchange.JSON(list)
}

// releaseOf is the name of the release that brought the version: three a year,
// counted back from Summer '26.
func releaseOf(n int) string {
	seasons := []string{"Winter", "Spring", "Summer"}
	releases := 26*len(seasons) + 2 - (latestVersion - n)
	return fmt.Sprintf("%s '%d", seasons[releases%len(seasons)], releases/len(seasons))
}

// resources are what GET /services/data/vXX.0 names, as the REST API guide of
// version 66.0 has them. The fake serves only some of them.
var resources = []string{
	"tooling", "metadata", "eclair", "folders", "prechatForms", "contact-tracing", "jsonxform", "chatter", "payments", "tabs",
	"appMenu", "quickActions", "queryAll", "commerce", "wave", "iot", "analytics", "search", "smartdatadiscovery", "identity",
	"composite", "parameterizedSearch", "fingerprint", "theme", "nouns", "domino", "event", "serviceTemplates", "recent", "connect",
	"licensing", "limits", "process", "dedupe", "async-queries", "query", "jobs", "localizedvalue", "mobile", "emailConnect",
	"consent", "tokenizer", "compactLayouts", "async", "sobjects", "actions", "support",
}

func (a *api) listResources(r *exchange.Request, x *access) exchange.Answer {
	var list exchange.Object
	for _, name := range resources {
		url := root(r) + "/" + name
		if name == "identity" {
			url = r.IdentityURL(x.user)
		}
		list = append(list, exchange.Member{Name: name, Value: url})
	}
	return exchange.JSON(list)
}

// root is the path of the version that was asked for.
func root(r *exchange.Request) string { return "/services/data/" + r.Value("version") }

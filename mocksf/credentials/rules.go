package credentials

import (
	"strconv"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/rule"
)

// The versions that brought the resources (Connect REST API guide; idx:55447507171).
const (
	firstVersion   = 60
	stagingVersion = 65
)

// versionOf is 65 for "v65.0"; the data API has made sure that it is a version.
func versionOf(r *exchange.Request) int {
	number, _, _ := strings.Cut(strings.TrimPrefix(r.Value("version"), "v"), ".")
	n, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return n
}

// secretRules open the pairs (metadata.md section 5).
var secretRules = []rule.Rule[*question]{
	{Name: "secrets-by-rest-allowed", Refusal: "secrets-by-rest-off", Holds: func(q *question) bool { return q.request.Org.Settings.SecretsByREST }},
	{Name: "user-may-view-secrets", Refusal: "client-secret-permission-missing", Holds: func(q *question) bool { return q.user.ViewClientSecret }},
}

// allRules are all rules, bound once for all orgs.
var allRules = sync.OnceValue(func() rule.List[*question] { return rule.MustBind(secretRules) })

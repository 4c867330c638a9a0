package explain

import (
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
)

// grantValue finds the grant that a request names.
var grantValue = sync.OnceValue(func() *shape {
	return shapeOf(`grant[_-]?type["'\]]*\s*(?:=>|[:=,])\s*["'(]*([a-z0-9:_-]+)`)
})

// grantNames are the grants as signals.
var grantNames = map[string]signal{
	string(fixtures.GrantClientCredentials): "grant:client_credentials",
	string(fixtures.GrantJWTBearer):         "grant:jwt",
	string(fixtures.GrantPassword):          "grant:password",
	string(fixtures.GrantRefreshToken):      "grant:refresh",
	"hybrid_refresh":                        "grant:refresh",
	string(fixtures.GrantAuthorizationCode): "grant:code",
	"hybrid_auth_code":                      "grant:code",
	string(fixtures.GrantTokenExchange):     "grant:exchange",
	string(fixtures.GrantSAMLBearer):        "grant:saml",
	string(fixtures.GrantDevice):            "grant:device",
}

// requestShapes are what a request may show besides its grant.
var requestShapes = sync.OnceValue(func() []shapedSignal {
	list := []shapedSignal{}
	for _, s := range []struct{ signal, pattern string }{
		{"body:json", `(?m)^\s*>\s*content-type:\s*application/json|-h\s*["']?content-type:\s*application/json|content-?type["']?\s*[:=,]\s*["']?application/json(?:["'\\]|\s*$)|content-?type["']?\s*[:=]+\s*["']?multipart/form-data|json\.stringify\(\s*\{[^}]*grant|postasjsonasync|json\.dumps\(|requests\.post\([^)]*json=|\bjson=\{|-d\s*'\s*\{\s*"grant_type|--json\s|curl[^\n]* -f ["']?grant_type|new formdata\(|axios\.post\([^,]+,\s*\{\s*grant_type|\.send\(\{\s*grant_type|body:\s*json`},
		{"body:json-grant", `[{,]\s*"grant_type"\s*:\s*"`},
		{"body:form", `application/x-www-form-urlencoded|urlsearchparams|formurlencodedcontent|data=\{|--data-urlencode|http_build_query|url\.values|form_params`},
		{"param:scope", `[?&\s'"]scope=[^&\s"']|["']scope["']\s*(?:=>|:)\s*["'][^"']*["'][^}]*grant_type|grant_type[^}\n]*["']scope["']\s*(?:=>|:)|-d\s*["']?scope=`},
		{"param:no-id", `client_id["']?\s*(?:=>|=|:)\s*["']?(?:undefined|null|none|nil|&|""|''|$)|client_id=["']?(?:\s|&|$)|clientid["']?\s*[:=]\s*(?:undefined|null|none|nil|""|'')`},
		{"param:no-secret", `client_?secret["']?\s*(?:=>|=|:)\s*["']?(?:undefined|null|none|nil|&|""|'')|client_secret=(?:\s|&|$)|client_secret not (?:sent|in)|without (?:a )?client_secret|no client_secret`},
		{"param:unfilled", `client_id=<?your[_-]?(?:consumer|client|key)|(?:client_id|client_secret|username|refresh_token|grant_type|assertion|sub|iss)=(?:undefined|null|none|nil|\[object)\b|=\[object object\]|(?:enotfound|resolve host:?|lookup) ?\{\{`},
		{"url:setting-empty", `(?:token_?url|login_?url|instance_?url|base_?url)["']?\s*[:=]\s*["']?(?:undefined|null|none|nil|""|'')`},
		{"uri:relative", `invalid ur[il]:? ?["'(]*/services/|for url: ?["']?/services/|failed to parse url from /services|relative url`},
		{"host:with-scheme", `\b(?:host|domain|instance)["']?\s*(?:=>|[:=])\s*["']https?://`},
		{"bearer:none", `(?:authorization["']?\s*[:=]\s*["']?)?\b(?:bearer|oauth) (?:undefined|null|none|nil|\[object|\{\{|\$\{|false\b)|authorization["']?\s*[:=]\s*(?:["']\s*(?:bearer|oauth)?\s*["']|(?:bearer|oauth)?)\s*(?:$|[,}\n])|sessionid>\s*(?:null|undefined|none)?\s*</`},
		{"header:misspelt", `\bauthentication:\s*["']?(?:bearer|oauth)|authorisation:\s*bearer|authorization:\s*(?:token|access_token|session)\s|["']authentication["']\s*:\s*["'](?:bearer|oauth)|x-auth-token:|(?m:^[\s"'>*-]*bearer:\s)`},
		{"header:missing", `no authorization header|without (?:an )?authorization header|authorization header (?:is |was )?(?:missing|stripped|dropped|not sent|lost)|header is stripped|strips the authorization|drops the authorization|stripped the authorization|removes the authorization|missing authorization header`},
		{"token:as-refresh", `refresh_?token["'\]]*\s*(?:=>|=|:)\s*["']?(?:00d|eyj)`},
		{"token:encrypted", `refresh_?token["'\]]*\s*(?:=>|=|:)\s*["']?(?:enc|cipher|vault|aes)`},
		{"user:sandbox", `[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|de|co\.uk|eu|fr|nl|ch|at|it|es|ca|us|in|au|invalid|test|example)\.(?:qa|sb|dv|[a-z][a-z0-9]{2,14})\b`},
		{"user:is-mail", `run as[^\n]{0,40}e-?mail|e-?mail (?:address )?instead of (?:the )?user ?name`},
		{"response:no-refresh", `(?:no|without(?: a)?|missing) refresh[_ ]token (?:in|from) the (?:token |login |oauth )?response|(?:does not|doesn't|did not|didn't|not) (?:return|contain|include|get|receive|have)(?: a| any| the)? refresh[_ ]token|not getting (?:a |the )?refresh[_ ]token`},
		{"sql:raw-url", `services/data/v\d+\.\d+/query`},
		{"says:timezone", `\b(?:gmt|utc) ?[+-] ?\d|\btz ?=|\b(?:europe|america|asia|australia)/[a-z_]+|\bdst\b`},
		{"introspect", `/services/oauth2/introspect`},
		{"userinfo", `/services/oauth2/userinfo|/id/00d`},
		{"authorize", `/services/oauth2/authorize|remoteaccessautho?rization|/setup/secur/remoteaccess|[?&]error=|response_type=code`},
		{"pkce", `code_challenge|code_verifier|pkce`},
		{"page:generic", `oauth_approval_error_generic|unexpected error has occur+ed during authentication`},
		{"key:unreadable", `(?:enoent|no such file|not found|cannot (?:find|open|read))[^\n]{0,80}\.(?:key|pem|p8|pk8)\b`},
		{"key:unreadable", `\b(?:invalid|bad|unsupported|malformed|unreadable|corrupt\w*)\W{0,3}(?:pem|private[ _]?key|key ?(?:data|format|file|material|spec|length|size))\b|\bimportkey\b`},
		{"jti", `\bjti\b`},
		{"alg:other", `["']?alg(?:orithm)?["']?\s*[:=]\s*["']?(?:hs|es|ps|rs384|rs512|none)\w*|\bhs256\b|\bes256\b`},
		{"token:response", `"access_token"\s*:[^}]*"instance_url"|"instance_url"\s*:[^}]*"access_token"|"accesstoken"\s*:[^}]*"instanceurl"|access_token=[^&\s]*&[^\s]*instance_url=|\b200\b[^.\n]{0,60}\baccess_token\b[^.\n=:]{0,60}\binstance_url\b`},
		{"records", `"totalsize"\s*:\s*\d+[^}]*"done"\s*:\s*true`},
	} {
		list = append(list, shapedSignal{signal(s.signal), shapeOf(s.pattern)})
	}
	return list
})

// plainUser is a username without the suffix of a sandbox.
var plainUser = sync.OnceValue(func() *shape {
	return shapeOf(`\b(?:user(?:name)?|sub|-u)["']?\s*(?:=>|[:=]|is|stayed|was)?\s*["']?[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|de|co\.uk|eu|fr|nl|ch|at|it|es|ca)\b`)
})

// readRequest notes what the text shows of the request that was sent.
func (f *facts) readRequest() {
	for _, m := range grantValue().FindAllStringSubmatchIndex(f.p.lower, 16) {
		f.readGrant(f.p.lower[m[2]:m[3]], m[0])
	}
	for _, s := range requestShapes() {
		if m := s.shape.FindStringIndex(f.p.lower); m != nil {
			f.add(s.signal, m[0])
		}
	}
	if m := plainUser().FindStringIndex(f.p.lower); m != nil && !f.has("user:sandbox") {
		f.add("user:plain", m[0])
	}
	if f.has("body:json-grant") && !f.has("body:form") {
		f.add("body:json", f.at["body:json-grant"][0])
	}
}

func (f *facts) readGrant(value string, at int) {
	if name, known := grantNames[value]; known {
		f.add(name, at)
		return
	}
	switch {
	case strings.HasPrefix(value, "not") || len(value) < 4 || value == "type" || value == "parameter":
	case strings.HasPrefix(string(fixtures.GrantJWTBearer), value) && strings.HasPrefix(value, "urn:ietf:params:oauth:grant-type:j"): // cut short
		f.add("grant:jwt", at)
	case strings.HasPrefix(value, "urn:"), strings.Contains(value, "cred"), strings.Contains(value, "jwt"), strings.Contains(value, "assert"):
		f.add("grant:unknown", at)
	}
}

// grants are the grants that the text names, or hints at if it names none.
func (f *facts) grants() []fixtures.Grant {
	var list []fixtures.Grant
	for _, g := range []struct {
		named  []signal
		hinted signal
		grant  fixtures.Grant
	}{
		{[]signal{"grant:client_credentials"}, "says:cc", fixtures.GrantClientCredentials},
		{[]signal{"grant:jwt"}, "says:jwt", fixtures.GrantJWTBearer},
		{[]signal{"grant:password"}, "says:password-flow", fixtures.GrantPassword},
		{[]signal{"grant:refresh"}, "says:refresh", fixtures.GrantRefreshToken},
		{[]signal{"grant:code"}, "says:code-flow", fixtures.GrantAuthorizationCode},
		{[]signal{"grant:exchange"}, "", fixtures.GrantTokenExchange},
		{[]signal{"grant:saml"}, "", fixtures.GrantSAMLBearer},
		{[]signal{"grant:device"}, "", fixtures.GrantDevice},
	} {
		if f.hasAny(g.named...) || g.hinted != "" && f.has(g.hinted) && !f.namesGrant() {
			list = append(list, g.grant)
		}
	}
	return list
}

func (f *facts) namesGrant() bool {
	return f.hasAny("grant:client_credentials", "grant:jwt", "grant:password", "grant:refresh", "grant:code", "grant:exchange", "grant:saml", "grant:device")
}

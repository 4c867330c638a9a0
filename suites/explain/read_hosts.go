package explain

import (
	"strings"
	"sync"
)

// hostShape recognises a host of Salesforce, with the scheme before it and the
// path behind it.
var hostShape = sync.OnceValue(func() *shape {
	return shapeOf(`(?:(https?):/{1,2})?((?:[a-z0-9-]+\.)+(?:salesforce|force|salesforce-setup|visualforce|documentforce|site|cloudforce|database)\.com(?:\.[a-z.]*com)?)(?::(\d+))?((?:/[^\s"'<>|)\]}]*)?)`)
})

// notOrg are hosts of Salesforce that no login goes to.
var notOrg = []string{
	"help.", "developer.", "status.", "trust.", "trailhead.", "docs.", "appexchange.", "admin.", "ideas.", "success.", "releasenotes.", "soap.s", "schemas.",
	"trailblazer.", "architect.", "community.", "salesforce.stackexchange",
}

// hostKinds say what a host is by its form, in this order (facts: section 1.4, client-requirements host shapes).
var hostKinds = []struct {
	signal signal
	shape  string
}{
	{"host:doubled", `salesforce\.com\..*com$|\.my\.[a-z0-9.-]*\.my\.|^(?:none|null|undefined|nan)\.|https?\.|\.lightning\.force\.com\.|salesforce\.com\.salesforce`},
	{"host:lightning", `\.lightning\.force\.com$|\.lightning\.(?:com|salesforce\.com)$`},
	{"host:setup", `salesforce-setup\.com$`},
	{"host:visualforce", `(?:visual\.|--c\.|--|\.vf\.)force\.com$|visualforce\.com$|\.content\.force\.com$|documentforce\.com$|\.file\.force\.com$`},
	{"host:login", `^login\.salesforce\.com$`},
	{"host:test", `^test\.salesforce\.com$`},
	{"host:platform-api", `^api\.salesforce\.com$`},
	{"host:sandbox", `\.sandbox\.my\.salesforce\.com$|--[a-z0-9-]+(?:\.[a-z0-9]+)?\.my\.salesforce\.com$|\.scratch\.my\.salesforce\.com$`},
	{"host:mydomain", `\.my\.salesforce\.com$`},
	{"host:site", `\.my\.site\.com$|\.force\.com$|\.site\.com$|\.cloudforce\.com$`},
	{"host:instance", `^(?:na|eu|ap|cs|um|usa|swe|ind|aus|jpn|fra|deu|gbr|can|bra|kor|che|ita|sgp|are)-?\d+[a-z]?s?(?:-api)?\.salesforce\.com$|^(?:na|eu|ap|cs)\d+\.my\.salesforce\.com$`},
	{"host:www", `^(?:www\.)?salesforce\.com$`},
	{"host:bare", `^[a-z0-9-]+(?:\.[a-z0-9-]+)?\.salesforce\.com$`},
}

var hostPatterns = sync.OnceValue(func() []*shape {
	list := make([]*shape, len(hostKinds))
	for i, k := range hostKinds {
		list[i] = shapeOf(k.shape)
	}
	return list
})

func kindOfHost(host string) signal {
	for i, pattern := range hostPatterns() {
		if pattern.MatchString(host) {
			return hostKinds[i].signal
		}
	}
	return ""
}

// readHosts sorts the hosts of the text by their form and by what is asked of them.
func (f *facts) readHosts() {
	if i := strings.Index(f.p.lower, "my.salesforce.com"); i >= 0 {
		f.add("salesforce", i)
	}
	for _, m := range hostShape().FindAllStringSubmatchIndex(f.p.lower, 64) {
		f.readHost(m[0], part(f.p.lower, m, 1), part(f.p.lower, m, 2), part(f.p.lower, m, 4))
	}
	f.readOddURLs()
	f.readTwoHosts()
}

// The host that was asked for on the command line, and the one that the client says it logs in at.
var (
	askedHost = sync.OnceValue(func() *shape {
		return shapeOf(`(?: -r|--instance-?url)[ =]+["']?https?://([a-z0-9.-]+)`)
	})
	usedHost = sync.OnceValue(func() *shape {
		return shapeOf(`login_?url["']?\s*[:=]\s*["']?https?://([a-z0-9.-]+)`)
	})
)

// readTwoHosts sees that a client does not use the host that it was given.
func (f *facts) readTwoHosts() {
	asked, used := askedHost().FindStringSubmatch(f.p.lower), usedHost().FindStringSubmatchIndex(f.p.lower)
	if asked != nil && used != nil && asked[1] != f.p.lower[used[2]:used[3]] {
		f.add("host:not-the-one-given", used[0])
	}
}

func part(s string, m []int, group int) string {
	if m[2*group] < 0 {
		return ""
	}
	return s[m[2*group]:m[2*group+1]]
}

func (f *facts) readHost(at int, scheme, host, path string) {
	for _, prefix := range notOrg {
		if strings.HasPrefix(host, prefix) {
			return
		}
	}
	kind := kindOfHost(host)
	if kind == "" {
		return
	}
	f.add("salesforce", at)
	if strings.HasPrefix(path, "/id/00d") {
		return // the identity URL names the login host, whatever host was asked
	}
	before := f.p.lower[max(0, at-24):at]
	if audience(before) {
		f.add("aud:"+signal(strings.TrimPrefix(string(kind), "host:")), at)
		return
	}
	f.add(kind, at)
	f.readPath(at, kind, path)
	if strings.Contains(before, "instance") && strings.ContainsAny(before, ":=") {
		f.add("instance-url:"+signal(strings.TrimPrefix(string(kind), "host:")), at)
	}
	switch {
	case scheme == "http":
		f.add("url:http", at)
	case scheme == "" && strings.HasPrefix(path, "/services/oauth2") && requested(before):
		f.add("url:no-scheme", at)
	}
}

// audience says whether a host is named as aud, by what stands before it.
func audience(before string) bool {
	i := strings.LastIndex(before, "aud")
	return i >= 0 && strings.Trim(strings.TrimPrefix(strings.TrimPrefix(before[i+3:], "ience"), "iences"), ` "':=>[(was,`) == ""
}

// requested says whether a URL is one that a client wrote out in full.
func requested(before string) bool {
	before = strings.TrimRight(before, "`'\" ")
	return strings.HasSuffix(before, "post") || strings.HasSuffix(before, "get") || strings.HasSuffix(before, "url:") || strings.HasSuffix(before, "url=") || strings.HasSuffix(before, "request to")
}

// readPath notes what was asked of a host.
func (f *facts) readPath(at int, kind signal, path string) {
	switch {
	case strings.HasPrefix(path, "/services/oauth2/token"):
		f.add("token-at:"+signal(strings.TrimPrefix(string(kind), "host:")), at)
	case strings.HasPrefix(path, "/services/soap"):
		f.add("soap-at:"+signal(strings.TrimPrefix(string(kind), "host:")), at)
	case strings.HasPrefix(path, "/services/data"), strings.HasPrefix(path, "/services/async"), strings.HasPrefix(path, "/services/apexrest"), strings.HasPrefix(path, "/cometd"):
		f.add("data-at:"+signal(strings.TrimPrefix(string(kind), "host:")), at)
	}
}

// oddURLs are URLs that no request can go to.
var oddURLs = sync.OnceValue(func() []shapedSignal {
	return []shapedSignal{
		{"url:glued", shapeOf(`/services/oauth2/token(?:&|;|grant_type|/services|/+\?grant|%3f)|oauth2/tokens\b|/services/oauth/token|services/oauth2/token/token|oauth2/authorize/token|/service/oauth2/|/services/oauth2/?["' ]|/services/oauth2/accesstoken|/oauth2/token/oauth2|salesforce\.com(?::\d+)?/oauth2/token|/services/oauth2token`)},
		{"url:doubled-scheme", shapeOf(`https?:/{1,2}https?:?/{0,2}|https?:///|https//`)},
		{"url:empty", shapeOf(`https?://(?:null|undefined|none)(?:services|api)|https?://(?:undefined|null|none|nil|nan|\[object)\b|\b(?:undefined|null|none)/services/|https?:///services`)},
		{"dns:scheme-as-host", shapeOf(`enotfound https?\b|resolve host:? '?https?\b|lookup https?\b|host ?=? ?'https?'|unknownhostexception: https?\b`)},
	}
})

func (f *facts) readOddURLs() {
	for _, odd := range oddURLs() {
		if m := odd.shape.FindStringIndex(f.p.lower); m != nil {
			f.add(odd.signal, m[0])
		}
	}
}

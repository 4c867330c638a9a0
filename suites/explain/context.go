package explain

import "strings"

// readContext adds what is known besides the text.
func (f *facts) readContext(ctx Context) {
	if ctx.LoginURL == "" {
		return
	}
	login := strings.ToLower(ctx.LoginURL)
	scheme, host, found := strings.Cut(login, "://")
	if !found {
		f.tell("local:no-scheme", "the login URL has no scheme")
		host = login
	}
	host, _, _ = strings.Cut(host, "/")
	host, _, _ = strings.Cut(host, ":")
	if scheme == "http" && found {
		f.tell("url:http", "the login URL begins with http://")
	}
	if kind := kindOfHost(host); kind != "" {
		name := signal(strings.TrimPrefix(string(kind), "host:"))
		f.tell(kind, "the login URL's host is "+host)
		f.tell("token-at:"+name, "the login URL's host is "+host)
		f.tell("salesforce", "the login URL's host is "+host)
	}
}

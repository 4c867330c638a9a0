package flows

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// errForeignHost is wrapped by the refusals to send an access token where it does not belong.
var errForeignHost = errors.New("flows: the access token is not sent there")

// apiTarget is the URL to send to: what was asked for, under the token's instance_url. It is put together from parts,
// never from text, so that nothing in a path can name another host. An address on a host that this identity had before
// is moved to the present one.
func apiTarget(asked *url.URL, token *Token, known func(*url.URL) bool) (*url.URL, error) {
	base, err := url.Parse(token.InstanceURL)
	if err != nil {
		return nil, fmt.Errorf("%w: instance_url is not a URL", errForeignHost)
	}
	if asked.Host != "" && !sameOrigin(asked, base) && !known(asked) {
		return nil, fmt.Errorf("%w: host %q is not the org's instance_url (%s)", errForeignHost, asked.Host, base.Host)
	}
	if asked.User != nil || asked.Opaque != "" {
		return nil, fmt.Errorf("%w: the URL holds a user name or is opaque", errForeignHost)
	}
	if strings.EqualFold(token.TokenFormat, "jwt") && strings.HasPrefix(asked.Path, "/services/Soap") {
		return nil, fmt.Errorf("%w: SOAP does not take JWT-format access tokens; use REST, or switch the app to opaque tokens", errForeignHost)
	}
	target := *asked
	target.Scheme, target.Host, target.Fragment = base.Scheme, base.Host, ""
	if !strings.HasPrefix(target.Path, base.Path+"/") {
		path := "/" + strings.TrimLeft(asked.EscapedPath(), "/")
		joined, err := url.Parse(base.EscapedPath() + path)
		if err != nil {
			return nil, fmt.Errorf("%w: the path is malformed", errForeignHost)
		}
		target.Path, target.RawPath = joined.Path, joined.RawPath
	}
	return &target, nil
}

func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Host, b.Host)
}

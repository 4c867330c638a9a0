package journal

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// presenter says how a parameter is shown. It holds the name as well, so that an
// entry need not copy it out of a request.
type presenter struct {
	name  string
	value func(string) string
}

// presenters are the parameters whose values are no secret, and the two that most
// requests carry besides. The values of all others are redacted.
var presenters = func() map[string]presenter {
	table := map[string]presenter{}
	for name, value := range map[string]func(string) string{
		"grant_type": show, "format": show, "response_type": show, "scope": show,
		"token_type_hint": show, "username": show,
		"redirect_uri":  showAddress,
		"client_id":     Shorten,
		"assertion":     showAssertion,
		"Authorization": showScheme,
		"client_secret": redacted,
		"token":         redacted,
	} {
		table[name] = presenter{name, value}
	}
	return table
}()

// Redact is what may be shown of a parameter's value, or of the Authorization
// header's: the value itself, a part of it, or its length alone.
func Redact(name, value string) string { return redactParam(name, value).Value }

func redactParam(name, value string) Param {
	p, ok := presenters[name]
	if !ok {
		p = presenter{showName(name), redacted}
	}
	if value == "" {
		return Param{p.name, "", true}
	}
	return Param{p.name, p.value(value), true}
}

// redacted says how long a value was and nothing else.
func redacted(value string) string {
	return "[redacted " + strconv.Itoa(utf8.RuneCountInString(value)) + " characters]"
}

// show is a copy of a harmless text, unless somebody put a secret in its place.
func show(text string) string {
	if looksSecret(text[:min(len(text), 2*maxText)]) {
		return redacted(text)
	}
	return strings.Clone(bound(text, maxText))
}

// showName shows a parameter's name if it looks like one: a body that is no form
// is read as one long name.
func showName(name string) string {
	if len(name) > maxName || !isName(name) || looksSecret(name) {
		return redacted(name)
	}
	return strings.Clone(name)
}

func isName(name string) bool {
	for i := range len(name) {
		if k := kinds[name[i]]; (k == other || k == sign || name[i] == '/') && name[i] != '.' {
			return false
		}
	}
	return true
}

// shortened is how many characters of a Consumer Key are shown.
const shortened = 12

// Shorten is the beginning of a Consumer Key, enough to tell apps apart. At least
// half of a value is left out, whatever it is.
func Shorten(clientID string) string {
	head := clientID[:min(len(clientID), 4*shortened)]
	length := utf8.RuneCountInString(head)
	if head == "" || (length <= shortened+1 && strings.HasSuffix(head, ellipsis)) {
		return strings.Clone(head)
	}
	keep := min(shortened, length/2)
	for i := range head {
		if keep == 0 {
			return head[:i] + ellipsis
		}
		keep--
	}
	return ellipsis
}

// showAddress shows an address without user, query and fragment.
func showAddress(address string) string {
	base := address
	if i := strings.IndexAny(base, "?#"); i >= 0 {
		base = base[:i]
	}
	if strings.Contains(base, "@") {
		return redacted(address)
	}
	return show(base)
}

// showScheme shows the scheme of an Authorization header.
func showScheme(header string) string {
	scheme, credentials, _ := strings.Cut(header, " ")
	switch strings.ToLower(scheme) {
	case "basic", "bearer", "oauth":
		return strings.Clone(scheme) + " " + redacted(credentials)
	}
	return redacted(header)
}

// showPath shows a path without its query, and without what was glued to it
// (facts: section 1.4, malformed path).
func showPath(path string) string {
	clean, glued := path, ""
	if i := strings.IndexAny(path, "?&=;"); i >= 0 {
		if clean = path[:i]; path[i] != '?' {
			glued = redacted(path[i:])
		}
	}
	if !looksSecret(clean[:min(len(clean), 2*maxText)]) {
		return strings.Clone(bound(clean, maxText)) + glued
	}
	steps := strings.Split(clean[:min(len(clean), maxText)], "/")
	for i, step := range steps {
		steps[i] = show(step)
	}
	return strings.Join(steps, "/") + glued
}

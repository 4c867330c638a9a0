package report

import "regexp"

// reference is a piece of text, with the address that it names, if it names one.
type reference struct{ Text, Address string }

// cited are the forms in which requirements cite norms and public cases. What a form
// takes is bounded to letters that need no escaping in an address.
var cited = []struct {
	form    *regexp.Regexp
	address string
}{
	{regexp.MustCompile(`RFC ([0-9]{4}) §([0-9]+(?:\.[0-9]+)*)`), "https://www.rfc-editor.org/rfc/rfc${1}#section-${2}"},
	{regexp.MustCompile(`RFC ([0-9]{4})`), "https://www.rfc-editor.org/rfc/rfc${1}"},
	{regexp.MustCompile(`KB ([0-9]{9})`), "https://help.salesforce.com/s/articleView?id=${1}&type=1"},
	{regexp.MustCompile(`([A-Za-z0-9-]+/[A-Za-z0-9._-]+)#([0-9]+)`), "https://github.com/${1}/issues/${2}"},
	{regexp.MustCompile(`([A-Za-z0-9-]+/[A-Za-z0-9._-]+)@([0-9a-f]{7,40})`), "https://github.com/${1}/commit/${2}"},
}

// references cuts a text into what it cites and what stands between.
func references(text string) []reference {
	var parts []reference
	for text != "" {
		at, address := firstCited(text)
		if at == nil {
			return append(parts, reference{Text: text})
		}
		if at[0] > 0 {
			parts = append(parts, reference{Text: text[:at[0]]})
		}
		parts = append(parts, reference{Text: text[at[0]:at[1]], Address: address})
		text = text[at[1]:]
	}
	return parts
}

// firstCited is where the first citation of a text stands, and its address; of two
// that begin together the longer form comes first in the list.
func firstCited(text string) (at []int, address string) {
	for _, c := range cited {
		if found := c.form.FindStringSubmatchIndex(text); found != nil && (at == nil || found[0] < at[0]) {
			at, address = found, string(c.form.ExpandString(nil, c.address, text, found))
		}
	}
	return at, address
}

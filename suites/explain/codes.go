package explain

import (
	"slices"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
)

// wireCodes are the error codes of the catalogue.
var wireCodes = sync.OnceValue(func() []string {
	var codes []string
	for _, r := range fixtures.Refusals {
		if code := codeOf(r.Answer); tellingCode(code) && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
})

// tellingCode says whether a code is one that stands in no text by chance: Client is not.
func tellingCode(code string) bool {
	return strings.Contains(code, "_") || strings.ContainsAny(strings.TrimLeft(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

// codeAlone notes a code whose words are not in the text: cut off, or never shown.
func (f *facts) codeAlone(code string, at int) {
	f.add("alone:"+signal(code), at)
	if f.saidOtherwise(code, at) {
		f.add("otherwise:"+signal(code), at)
		return
	}
	if f.onCallback(at) {
		return
	}
	if slices.Contains(tooWide, code) {
		return
	}
	var told []*wireText
	for _, w := range wireTexts() {
		if w.code == code {
			told = append(told, w)
		}
	}
	for _, w := range told {
		if len(w.phrases) == 0 || len(told) == 1 && f.namesSalesforce() {
			f.wire(w, at)
			return
		}
	}
}

// namesSalesforce says whether the text speaks of Salesforce by a name or a host.
func (f *facts) namesSalesforce() bool {
	return f.has("salesforce") || ownName.MatchString(f.p.lower)
}

// loose are codes that people and programs also write with spaces or as one word.
var loose = []string{"grant", "client", "app_not_found", "redirect_uri", "oauth_flow", "invalid_app", "invalid_session_id"}

func (f *facts) findCode(code string) (int, bool) {
	lower := lowerASCII(code)
	if at, ok := f.p.findWord(lower); ok {
		return at, true
	}
	if slices.ContainsFunc(loose, func(word string) bool { return strings.Contains(lower, word) }) {
		return f.findLoose(squash(code))
	}
	return 0, false
}

// findLoose finds a code however it is written, but not inside a longer code.
func (f *facts) findLoose(squashedCode string) (int, bool) {
	for from := 0; ; {
		i, ok := f.p.findWhole(f.p.squashed, squashedCode, from)
		if !ok {
			return f.p.findTruncated(squashedCode)
		}
		end := int(f.p.origin[i+len(squashedCode)-1]) + 1
		if end == len(f.p.lower) || f.p.lower[end] != '_' {
			return int(f.p.origin[i]), true
		}
		from = i + 1
	}
}

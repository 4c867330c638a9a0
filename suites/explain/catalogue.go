package explain

import (
	"html"
	"slices"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
)

// wireText is the words of one answer and all refusals that are told in them.
type wireText struct {
	// phrases are the squashed words, the parts between blanks each for itself.
	phrases  []string
	code     string
	refusals []fixtures.Refusal
}

// minPhrase is how many letters and digits make a phrase that says something by itself.
const minPhrase = 8

// wireTexts are the words of the catalogue, each once.
var wireTexts = sync.OnceValue(func() []*wireText {
	byWords := map[string]*wireText{}
	var list []*wireText
	for _, r := range fixtures.Refusals {
		phrases := phrasesOf(r.Answer)
		key := strings.Join(phrases, " ")
		if key == "" {
			key = "code " + codeOf(r.Answer)
		}
		if byWords[key] == nil {
			byWords[key] = &wireText{phrases: phrases, code: codeOf(r.Answer)}
			list = append(list, byWords[key])
		}
		byWords[key].refusals = append(byWords[key].refusals, r)
	}
	return list
})

var (
	blanks = shapeOf(`\$\{\w+\}`)
	tags   = shapeOf(`<[^>]*>`)
)

// phrasesOf are the words by which an answer is known in a text.
func phrasesOf(a fixtures.Answer) []string {
	words := a.Description
	if words == "" && a.Format == fixtures.FormatPage {
		words = a.Text
	}
	if words == "" && a.Format == fixtures.FormatHTML {
		_, body, _ := strings.Cut(a.Text, "<body>")
		words = html.UnescapeString(tags.ReplaceAllString(body, " "))
	}
	// A bulk error says its code once more in words, and so does a SOAP fault; a log may have either.
	if squash(words) == squash(a.Error) {
		return nil
	}
	words = strings.TrimPrefix(words, codeOf(a)+": ")
	var phrases []string
	for _, part := range blanks.Split(words, -1) {
		if s := squash(part); len(s) >= minPhrase {
			phrases = append(phrases, s)
		}
	}
	return phrases
}

// codeOf is the error code as logs have it, without the prefix of a SOAP fault; of
// an answer that is one bare word it is that word.
func codeOf(a fixtures.Answer) string {
	if a.Format == fixtures.FormatText {
		return a.Text
	}
	_, code, found := strings.Cut(a.Error, ":")
	if !found {
		return a.Error
	}
	return code
}

// readCatalogue finds the words of refusals, and codes whose words are missing.
func (f *facts) readCatalogue() {
	worded := map[string]bool{}
	whole := func(phrase string) (int, bool) { return f.p.findWords(phrase) }
	cut := func(phrase string) (int, bool) { return f.p.findTruncated(phrase) }
	beheaded := func(phrase string) (int, bool) { return f.p.findBeheaded(phrase) }
	typed := func(phrase string) (int, bool) { return f.p.findTyped(phrase) }
	for _, find := range []func(string) (int, bool){whole, cut, beheaded, typed} {
		for _, w := range wireTexts() {
			if len(w.phrases) == 0 || f.has(wireSignal(w.refusals[0].ID)) {
				continue
			}
			if at, ok := findAll(w.phrases, find); ok && f.certainOf(w) {
				f.wire(w, at)
				worded[w.code] = true
				f.add("worded:"+signal(w.code), at)
				f.p.hide(w.phrases)
			}
		}
	}
	if !f.has("wire:token-endpoint") {
		f.readTail(worded)
	}
	for _, code := range wireCodes() {
		if at, ok := f.findCode(code); ok {
			f.add("code:"+signal(code), at)
			f.add("salesforce-code", at)
			if !worded[code] {
				f.codeAlone(code, at)
			}
		}
	}
}

// minTail is how many letters and digits of a description are enough where its key
// stands before them and the text ends.
const minTail = 4

// readTail finds the one description that a cut text can have begun: behind the
// description's key, or behind the error's code.
func (f *facts) readTail(worded map[string]bool) {
	var fits []*wireText
	place := 0
	for _, w := range wireTexts() {
		if len(w.phrases) != 1 || !f.hasCode(w.code) {
			continue
		}
		for _, key := range []string{"errordescription", squash(w.code)} {
			tail, at, ok := f.p.tailOf(key)
			if ok && len(tail) >= minTail && strings.HasPrefix(w.phrases[0], tail) {
				fits, place = append(fits, w), at
				break
			}
		}
	}
	if len(fits) == 1 {
		f.wire(fits[0], place)
		worded[fits[0].code] = true
	}
}

func (f *facts) hasCode(code string) bool {
	_, ok := f.findCode(code)
	return ok
}

// certainOf says whether words with blanks in them are Salesforce's: what stands
// around the blanks, other software says as well, so the code must be there too.
func (f *facts) certainOf(w *wireText) bool {
	if f.exclaimed(w) {
		return false
	}
	if !blanks.MatchString(w.refusals[0].Answer.Description) {
		return true
	}
	return f.hasCode(w.code)
}

// exclaimed says whether everyday words stand in the text as the exclamation of a
// framework alone: Salesforce never exclaims.
func (f *facts) exclaimed(w *wireText) bool {
	if !slices.ContainsFunc(w.refusals, func(r fixtures.Refusal) bool { return slices.Contains(everyday, r.ID) }) {
		return false
	}
	words := lowerASCII(w.refusals[0].Answer.Description)
	said := strings.Count(f.p.lower, words)
	return said > 0 && said == strings.Count(f.p.lower, words+"!")
}

// findAll finds the first of the phrases, if all of them are there.
func findAll(phrases []string, find func(string) (int, bool)) (int, bool) {
	first := 0
	for i, phrase := range phrases {
		at, ok := find(phrase)
		if !ok {
			return 0, false
		}
		if i == 0 {
			first = at
		}
	}
	return first, true
}

// wire notes that the words of an answer were found: by every refusal that is
// told in them.
func (f *facts) wire(w *wireText, at int) {
	for _, r := range w.refusals {
		f.add(wireSignal(r.ID), at)
	}
	f.add("wire", at)
	if slices.ContainsFunc(w.refusals, func(r fixtures.Refusal) bool { return r.Endpoint == fixtures.EndpointToken }) {
		f.add("wire:token-endpoint", at)
	}
	f.add("salesforce-words", at)
	if !slices.ContainsFunc(w.refusals, func(r fixtures.Refusal) bool { return slices.Contains(everyday, r.ID) }) {
		f.add("salesforce-own", at)
	}
}

// everyday are refusals whose words other servers use as well.
var everyday = []fixtures.RefusalID{
	"client-secret-wrong", "authorization-code-invalid", "user-inactive", "grant-type-missing", "password-wrong", "signature-mismatch", "rest-not-found", "code-verifier-invalid", "maintenance",
	"revoke-token-invalid", "server-error", "device-slow-down", "device-authorization-pending",
}

func wireSignal(id fixtures.RefusalID) signal { return "wire:" + signal(id) }

// readTexts finds what Salesforce says elsewhere than in refusals.
func (f *facts) readTexts() {
	for _, t := range causeTexts() {
		at, ok := f.findText(t)
		if !ok {
			continue
		}
		f.add("said:"+signal(t.Text), at)
		if t.Place == fixtures.PlaceLoginHistory || t.Place == fixtures.PlaceLoginStatus {
			f.add("history", at)
		}
		if t.Place != fixtures.PlaceOAuthCode && t.Place != fixtures.PlaceLoginHistory {
			f.add("salesforce-words", at)
		}
		if f.has("worded:" + signal(t.Text)) {
			continue // the catalogue has the code with its words, and has claimed by them
		}
		for i, id := range t.Causes {
			f.claims = append(f.claims, claim{cause: id, weight: textWeights[min(i, len(textWeights)-1)], from: "said:" + signal(t.Text)})
		}
	}
}

// textWeights are how much the first, second and later causes of a text are believed.
var textWeights = []float64{0.78, 0.3, 0.2}

var causeTexts = sync.OnceValue(fixtures.CauseTexts)

// findText finds a code as a word and a phrase however it is written.
func (f *facts) findText(t fixtures.CauseText) (int, bool) {
	if !strings.Contains(t.Text, " ") {
		if at, ok := f.p.findWord(lowerASCII(t.Text)); ok {
			return at, true
		}
		return f.p.findCut(squash(t.Text), nil)
	}
	return f.p.find(squash(t.Text))
}

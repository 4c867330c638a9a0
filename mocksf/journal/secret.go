package journal

const (
	// minRun is the length from which letters and digits in a row are too long for
	// a word: ids have 15 or 18 characters.
	minRun = 20
	// minWord is the same for words in which base64 puts - and _ or /.
	minWord = 32
	// minDigits is how many digits a secret has (a word as many of both cases too),
	// minOfEach how many capitals and small letters do in place of the digits.
	minDigits = 3
	minOfEach = 6
)

// looksSecret says whether a piece of the text looks like a key, a secret or a
// token in hexadecimal, base64, base64url or percent-encoded form. It is the
// second line: what is known to be secret is never shown to it.
func looksSecret(text string) bool {
	if len(text) < minRun {
		return false
	}
	var run, word tally
	for i := range len(text) {
		k := kinds[text[i]]
		if k == other || k == joint {
			if run.isSecretRun() || (k == other && word.isSecretWord()) {
				return true
			}
			run = tally{}
		}
		if k == other {
			word = tally{}
			continue
		}
		run[k]++
		word[k]++
	}
	return run.isSecretRun() || word.isSecretWord()
}

// tally counts the characters of a piece of text by their kind.
type tally [kindCount]uint16

func (t *tally) total() uint16 { return t[digit] + t[upper] + t[lower] + t[sign] }

func (t *tally) isSecretRun() bool { return t[digit] >= minDigits && t.total() >= minRun }

func (t *tally) isSecretWord() bool {
	if t.total()+t[joint] < minWord || t[upper] < minDigits || t[lower] < minDigits {
		return false
	}
	return t[digit] >= minDigits || (t[upper] >= minOfEach && t[lower] >= minOfEach)
}

type kind byte

const (
	other kind = iota
	digit
	upper
	lower
	// sign is a character of base64 or of percent-encoding.
	sign
	// joint joins the runs of a word.
	joint
	kindCount
)

// kinds is the kind of each byte.
var kinds = func() (table [256]kind) {
	for b := range table {
		switch c := byte(b); {
		case c >= '0' && c <= '9':
			table[b] = digit
		case c >= 'A' && c <= 'Z':
			table[b] = upper
		case c >= 'a' && c <= 'z':
			table[b] = lower
		case c == '+' || c == '%' || c == '=':
			table[b] = sign
		case c == '-' || c == '_' || c == '~' || c == '!' || c == '/':
			table[b] = joint
		}
	}
	return table
}()

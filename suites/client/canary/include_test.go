package canary_test

import (
	"slices"
	"testing"

	"github.com/sfconform/sfconform/suites/client/canary"
)

func TestASetFindsTheSecretsOfTheSetsThatItIncludes(t *testing.T) {
	t.Parallel()
	var all, first, second canary.Set
	first.Add("consumer secret", "0123456789abcdef")
	first.Add("private key", "the same in both of them")
	second.Add("private key", "the same in both of them")
	second.Add("access token", "00D!AQEAQ.token")
	all.Include(&first)
	all.Include(&second)
	all.Add("access token", "00D!AQEAQ.token")
	text := "a 0123456789abcdef, b MDBEIUFRRUFRLnRva2Vu, c the same in both of them"
	if got := all.RedactString(text); got != "a <consumer secret>, b <access token>, c <private key>" {
		t.Errorf("it is %q", got)
	}
	if want := []string{"access token", "consumer secret", "private key"}; !slices.Equal(all.Names(), want) {
		t.Errorf("the names are %q", all.Names())
	}
	if hits := all.Find([]byte(text)); len(hits) != 3 {
		t.Errorf("found %+v", hits)
	}
}

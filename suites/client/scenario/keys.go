package scenario

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios about signing keys that judges ask for by name.
const (
	KeyForms        = "private-key-in-every-form"
	CertificateEnds = "certificate-ends-soon"
)

// fewDays is less than any notice of a certificate's end should leave.
const fewDays = 5 * 24 * time.Hour

// keys are the situations that only signing keys have.
func keys() []Scenario {
	bearer := []fixtures.Flow{fixtures.JWTBearer}
	return []Scenario{
		{
			Name: KeyForms, Title: "The private key comes as PKCS#8, as PKCS#1, with escaped line ends, encrypted, and as a certificate by mistake.",
			Flows: bearer, Operation: Login, Want: Either, Starts: keyStarts(),
		},
		{
			Name: CertificateEnds, Title: "The app's certificate is good for five more days.",
			Flows: bearer, Operation: Login, Want: Succeed,
			World: func(o *stage.Options) { o.CertificateLife = fewDays },
		},
	}
}

func keyStarts() []Start {
	var starts []Start
	for _, form := range stage.KeyForms() {
		name := string(form) + ".pem"
		starts = append(starts, Start{
			Set:    map[string]string{stage.PrivateKeyFile: "${" + stage.Files + "}/" + name},
			Before: func(s *stage.Stage) { writeFile(s, name, s.KeyAs(form)) },
		})
	}
	return starts
}

package mocksf

import "github.com/sfconform/sfconform/mocksf/credentials"

// ConsumerDetails is an app's Consumer Key and Consumer Secret as Setup shows them.
type ConsumerDetails = credentials.Pair

// SendVerificationCode is the button "Consumer Key and Secret" in Setup: it mails the
// user a verification code. The error says why the user cannot open Setup.
func (o *Org) SendVerificationCode(username string) error {
	return o.setup.Send(o.Config(), username, o.clock.Now())
}

// VerificationMail is the mail with verification codes, newest last.
func (o *Org) VerificationMail() []credentials.Mail { return o.setup.Mail() }

// ConsumerDetails is what Setup shows to the user who types in the code that was
// mailed last. The error is credentials.ErrNotVerified, a *credentials.NotYetError
// while the page lags behind, or names the nearest app.
func (o *Org) ConsumerDetails(app, username, code string) (ConsumerDetails, error) {
	return o.setup.Show(o.Config(), app, username, code, o.clock.Now())
}

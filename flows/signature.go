package flows

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
)

// Errors of [VerifySignature].
var (
	ErrNoSignature    = errors.New("flows: the access token response has no signature to verify")
	ErrWrongSignature = errors.New("flows: the signature of the access token response was not made with this consumer secret")
)

// VerifySignature checks that t.Signature is the base64 HMAC-SHA256 of id and issued_at under the Consumer Secret
// (facts: section 4). Responses of the JWT bearer flow carry no signature.
func VerifySignature(t *Token, clientSecret string) error {
	if t.Signature == "" {
		return ErrNoSignature
	}
	given, err := base64.StdEncoding.DecodeString(t.Signature)
	if err != nil {
		return ErrWrongSignature
	}
	mac := hmac.New(sha256.New, []byte(clientSecret))
	mac.Write([]byte(t.ID + t.IssuedAt))
	if !hmac.Equal(given, mac.Sum(nil)) {
		return ErrWrongSignature
	}
	return nil
}

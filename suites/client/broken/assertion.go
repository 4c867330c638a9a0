package main

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// assertionLife is what Salesforce documents as the most.
const assertionLife = 3 * time.Minute

// assertion is a new one for each request (RFC 7523 section 2.1).
func (c *client) assertion() (string, error) {
	if c.breaks("jwt-fresh-per-request") {
		return c.storedAssertion()
	}
	return c.newAssertion()
}

// newAssertion is written by hand, because libraries refuse most mistakes.
func (c *client) newAssertion() (string, error) {
	header := map[string]any{"alg": "RS256", "typ": "JWT"}
	if c.breaksFirst("jwt-alg-rs256") {
		header["alg"] = "RS512"
	}
	head, err := json.Marshal(header)
	if err != nil {
		return "", err
	}
	claims, err := json.Marshal(c.claims())
	if err != nil {
		return "", err
	}
	signed := c.encode(head) + "." + c.encode(claims)
	signature, err := c.sign(signed)
	if err != nil {
		return "", fmt.Errorf("signing the assertion: %w", err)
	}
	return signed + "." + c.encode(signature), nil
}

func (c *client) encode(part []byte) string {
	if c.breaksFirst("jwt-compact-base64url") {
		return base64.StdEncoding.EncodeToString(append(part, "  "...))
	}
	return base64.RawURLEncoding.EncodeToString(part)
}

func (c *client) claims() map[string]any {
	claims := map[string]any{
		"iss": c.clientID, "sub": c.username, "aud": c.audience, "exp": c.expiry(), "jti": rand.Text(),
	}
	if c.breaks("jwt-fresh-per-request") {
		delete(claims, "jti") // which may be used once
		// Finer than a second (RFC 7519 section 2), so that no start signs the same again.
		claims["iat"] = float64(c.clock.now().UnixMicro()) / 1e6
	}
	if c.breaksFirst("jwt-iss-consumer-key") {
		claims["iss"] = c.username
	}
	if c.breaksFirst("jwt-sub-username") {
		claims["sub"] = "integration@mail.example"
	}
	if c.breaks("jwt-aud-environment") {
		claims["aud"] = c.loginURL
	}
	return claims
}

// expiry is the exp claim, in seconds since 1970 UTC (RFC 7519 section 2).
func (c *client) expiry() int64 {
	end := c.clock.now().Add(assertionLife)
	switch {
	case c.breaksFirst("jwt-exp-seconds"):
		return end.UnixMilli()
	case c.breaksFirst("jwt-exp-window"):
		return end.Add(time.Hour).Unix()
	case c.breaks("jwt-exp-timezone"):
		_, ahead := end.Zone()
		return end.Unix() + int64(ahead)
	}
	return end.Unix()
}

func (c *client) sign(text string) ([]byte, error) {
	if c.breaksFirst("jwt-alg-rs256") {
		digest := sha512.Sum512([]byte(text))
		return rsa.SignPKCS1v15(rand.Reader, c.key, crypto.SHA512, digest[:])
	}
	if c.breaksFirst("jwt-signature-valid") {
		text += " "
	}
	digest := sha256.Sum256([]byte(text))
	return rsa.SignPKCS1v15(rand.Reader, c.key, crypto.SHA256, digest[:])
}

// storedAssertion is signed once and kept beside the key, for this and later starts.
func (c *client) storedAssertion() (string, error) {
	path := c.keyFile + ".assertion"
	if kept, err := os.ReadFile(path); err == nil {
		return string(kept), nil
	}
	text, err := c.newAssertion()
	if err != nil {
		return "", err
	}
	return text, os.WriteFile(path, []byte(text), 0o600)
}

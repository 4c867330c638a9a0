// Package session issues access tokens and says whether they are still good.
//
// Opaque tokens have Salesforce's shape (facts: section 2) and carry their own
// state, encrypted under a key of the org, so that memory does not grow with the
// tokens issued. What is remembered is bounded: revocations until the token would
// have ended, and the last use of sessions that are past half of their time.
package session

// Package flows logs a machine in to Salesforce with the OAuth 2.0 client credentials grant (RFC 6749 section 4.4) or
// the JWT bearer grant (RFC 7523), keeps the access token, and sends API calls with it.
//
// Fill in [ClientCredentials] or [JWTBearer], hand it to [NewTokenSource], and share the source between all goroutines
// of one identity. A [TokenSource] is an oauth2.TokenSource; [NewClient] and [NewTransport] put it under API calls.
//
// What the package does for its caller, because Salesforce answers in its own way:
//
//   - Salesforce sends no expires_in. A token is kept until the API refuses it, or until [Options.SessionTimeout].
//   - A refused session leads to one new login and one repeat of the same request, never to a loop.
//   - Only transient answers are asked again, with growing, jittered waits inside a budget. A refusal is remembered, so
//     that many workers do not repeat it: Salesforce counts logins (3,600 per user and hour) and blocks addresses.
//   - A refusal is a [*TokenError] that carries the org's own words and a Hint that says what to change.
//   - The consumer secret and the assertion go to the token endpoint only, the access token to instance_url only. No
//     redirect is followed, and none of them appears in an error or in any printed form of this package's types.
package flows

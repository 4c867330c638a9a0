// Package authorize is the authorize endpoint: GET and POST /services/oauth2/authorize
// (RFC 6749 section 4.1.1, RFC 7636, facts: section 1.3).
//
// On the real service a person logs in and approves the app on pages of Salesforce.
// The fake shows one plain page in their place: choose the user, then Allow or Deny.
// Where the org's setting approveByLoginHint is on, which no org has unasked, the
// user that login_hint names is logged in and approves without a page, so that a
// program can run the whole flow.
package authorize

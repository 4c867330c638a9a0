// Package token is the token endpoint: POST /services/oauth2/token.
//
// A request is parsed, its app and user are resolved, the pipeline of its grant
// decides, and a token is issued: each step once, in this order. The pipeline is
// an ordered list of checks; the first that does not hold names the refusal, and
// the catalogue in fixtures has its answer. Order and texts follow the facts,
// sections 1.7 and 12 (RFC 6749 section 5, RFC 7523 section 3).
package token

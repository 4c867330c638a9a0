// Package authority makes the TLS certificates that the fake serves.
package authority

// Package authority makes the TLS certificates that the fake serves, so that
// clients can call it by Salesforce's own names with verification on, and can be
// shown to refuse what they must not trust.
//
// An authority is made afresh at each start and lives in memory. Its root is
// constrained to Salesforce's domains and loopback, so that trusting it opens
// nothing else, and ends after a week.
//
// # Faults
//
// Each fault is wrong in one thing only, and these clients refuse each of them at
// their default settings, in the words given (Go 1.26, OpenSSL 3.0 under curl,
// Python 3.11 and Node 20, Java 17):
//
//	fault                 Go                           OpenSSL, curl, Python, Node          Java
//	expired               has expired or is not yet    certificate has expired              NotAfter: ...
//	not-yet-valid         has expired or is not yet    certificate is not yet valid         NotBefore: ...
//	wrong-host            is valid for ..., not ...    hostname mismatch; no alternative    No subject alternative
//	                                                   certificate subject name; altnames   DNS name matching
//	unknown-authority     signed by unknown authority  unable to get local issuer           unable to find valid
//	                                                   certificate                          certification path
//	self-signed           signed by unknown authority  self-signed certificate              unable to find valid
//	                                                                                        certification path
//	missing-intermediate  signed by unknown authority  unable to get local issuer; Node:    unable to find valid
//	                                                   unable to verify the first           certification path
//	                                                   certificate
//	weak-key              768-bit keys are insecure    EE certificate key too weak          Algorithm constraints
//	                                                                                        check failed on keysize
//	tls-1.0-only          protocol version not         legacy sigalg disallowed; alert      alert protocol_version
//	                      supported                    protocol version
//
// Clients that do not see a fault, and are right by their own rules:
//
//   - missing-intermediate: Windows and macOS keep intermediates that they met
//     elsewhere, and may complete the chain from there. The leaf names no address to
//     fetch it from, so nothing is downloaded.
//   - weak-key has 768 bits because with 1,024 only OpenSSL at security level 2 (as in
//     Debian, curl and Python) refuses: Go, Java and Node take it.
//   - tls-1.0-only: OpenSSL takes TLS 1.0 at security level 0 (DEFAULT@SECLEVEL=0).
package authority

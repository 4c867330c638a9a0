package explain

// tlsSayings are what OpenSSL, Java, Node, Go, .NET, Python, Ruby, PHP and
// browsers say of a failed TLS handshake.
var tlsSayings = []saying{
	{"tls:untrusted", []string{
		"PKIX path building failed", "unable to find valid certification path", "PKIX path validation failed", "trust anchor for certification path not found",
		"unable to get local issuer certificate", "unable to get issuer certificate", "self signed certificate", "self-signed certificate",
		"SELF_SIGNED_CERT_IN_CHAIN", "DEPTH_ZERO_SELF_SIGNED_CERT", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate",
		"UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "CERTIFICATE_VERIFY_FAILED", "certificate verify failed", "tlsv1 alert unknown ca", "unknown ca",
		"certificate signed by unknown authority", "certificate is not trusted", "certificate not trusted", "CERT_UNTRUSTED", "is not standards compliant",
		"remote certificate is invalid according to the validation procedure", "remote certificate was rejected", "remote certificate is invalid",
		"RemoteCertificateChainErrors", "PartialChain", "UntrustedRoot", "could not establish trust relationship", "SSL certificate problem",
		"peer certificate cannot be authenticated", "SSL peer certificate or SSH remote key was not OK", "the certificate chain was issued by an authority that is not trusted",
		"NET::ERR_CERT_AUTHORITY_INVALID", "ERR_CERT_AUTHORITY_INVALID", "unable to verify certificate", "invalid peer certificate", "UnknownIssuer",
		"sun.security.validator.ValidatorException", "SSL_ERROR_SSL certificate", "certificate chain too long", "the trustAnchors parameter must be non-empty",
		"certificate is not valid according to", "No trusted certificate found", "Root CA not trusted", "TLS certificate verification failed",
	}},
	{"tls:expired-certificate", []string{
		"certificate has expired", "CERT_HAS_EXPIRED", "certificate expired", "certificate is not yet valid", "x509: certificate has expired or is not yet valid",
		"CertificateExpiredException", "NotTimeValid", "NotAfter:", "ERR_CERT_DATE_INVALID",
	}},
	{"tls:hostname", []string{
		"ERR_TLS_CERT_ALTNAME_INVALID", "does not match certificate's altnames", "no subject alternative DNS name matching", "no subject alternative names",
		"No name matching", "doesn't match the certificate subject", "does not match the certificate subject", "certificate is valid for",
		"RemoteCertificateNameMismatch", "no alternative certificate subject name matches", "hostname mismatch", "certificate is not valid for",
		"CertificateError: hostname", "ERR_CERT_COMMON_NAME_INVALID", "SSLPeerUnverifiedException", "does not match the server certificate",
		"does not match the host name", "certificate verify failed: Hostname mismatch", "not valid for the name", "did not match expected name", "did not match expected CN",
		"the certificate's CN name does not match", "NotValidForName", "SEC_E_WRONG_PRINCIPAL", "target principal name is incorrect", "IP address mismatch", "cannot validate certificate for",
	}},
	{"tls:old", []string{
		"tlsv1 alert protocol version", "alert protocol version", "unsupported protocol", "protocol_version", "Received fatal alert: protocol_version",
		"no protocols in common", "do not possess a common algorithm", "Could not create SSL/TLS secure channel", "SSL23_GET_SERVER_HELLO",
		"SSL3_READ_BYTES:sslv3 alert handshake failure", "sslv3 alert handshake failure", "Received fatal alert: handshake_failure",
		"No appropriate protocol (protocol is disabled or cipher suites are inappropriate)", "No appropriate protocol", "SSLv3 is disabled", "TLSv1.0 is not supported",
		"protocol version not supported", "server selected unsupported protocol version", "UNSUPPORTED_PROTOCOL", "ERR_SSL_VERSION_OR_CIPHER_MISMATCH",
		"TLS 1.0", "TLS 1.1", "TLSv1.1", "SSLv3", "no cipher suites in common", "dh key too small", "SecurityProtocolType.Tls;", "server hello version",
		"minimum required TLS version", "TLS version is not supported", "unsupported SSL protocol version", "version too low",
	}},
	{"tls:closed-on-send", []string{
		"The underlying connection was closed: An unexpected error occurred on a send", "unexpected error occurred on a send",
		"The underlying connection was closed: An unexpected error occurred on a receive", "Remote host closed connection during handshake",
		"Authentication failed because the remote party has closed the transport stream", "remote party has closed the transport stream",
		"Remote host terminated the handshake", "SSL_ERROR_SYSCALL", "SSL_connect SYSCALL", "SSL_connect returned=5",
	}},
	{"tls:old-runtime", []string{
		"java version 1.6", "java version 1.7", "jdk1.6", "jdk1.7", "jre1.7", "jdk7", "Java 6", "Java 7", "Java 1.6", "Java 1.7", "Java 1.5", "Framework 4.0", "Framework 4.5", "Framework64\\v2.0", "OpenSSL 0.9", "OpenSSL/0.9",
		"Python 2.6", "Python 2.7.5", "Python/2.6", "PHP 5.3", "PHP 5.4", "node v0.", "Windows Server 2008", "CentOS 5", "RHEL 5", "v4.0.30319", ".NET 3.5", ".NET 4.0", ".NET 4.5",
	}},
	{"tls:plain-answer", []string{
		"wrong version number", "WRONG_VERSION_NUMBER", "Unrecognized SSL message, plaintext connection", "first record does not look like a TLS handshake",
		"ERR_SSL_PROTOCOL_ERROR", "ERR_SSL_WRONG_VERSION_NUMBER", "http request was sent to HTTPS port", "packet length too long",
		"server gave HTTP response to HTTPS client", "Unsupported or unrecognized SSL message",
	}},
}
